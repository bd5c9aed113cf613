package dev.belay.layout;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.SectionedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a key and a value, as properties files and simple TOML files have them. */
final class KeyValueFile {
    private static final Pattern SECTION = Pattern.compile("\\[([^\\[\\]]+)\\]\\s*(?:#.*)?");
    private static final Pattern PAIR = Pattern.compile("([^=\\s\"]+|\"[^\"]*\")\\s*=\\s*(.*)");
    private static final Pattern QUOTED = Pattern.compile("(?:\"([^\"\\\\]*)\"|'([^']*)')\\s*(?:#.*)?");
    private static final Pattern BARE = Pattern.compile("([A-Za-z0-9_.+-]+)\\s*(?:#.*)?");
    private static final Pattern LIST = Pattern.compile("\\[(.*)\\]\\s*(?:#.*)?");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)\\}");

    /**
     * A value and its place.
     *
     * @param line from 1
     */
    record Value(String text, Path file, int line) {
        MalformedRevisionException malformed(String problem) {
            return new MalformedRevisionException(file.toString(), line, problem);
        }
    }

    private KeyValueFile() {}

    private interface Lines {
        void take(String line, int number);
    }

    private static void read(Path file, Lines lines) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(SectionedFile.whole(file).open())) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = (number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line).strip();
                if (!text.isEmpty() && text.charAt(0) != '#') {
                    lines.take(text, number);
                }
            }
        }
    }

    /** Java properties, a line each; variables of the environment are put in. */
    static Map<String, Value> properties(Path file) throws IOException {
        Map<String, Value> values = new LinkedHashMap<>();
        read(file, (line, number) -> {
            int at = line.indexOf('=');
            if (line.charAt(0) == '!') {
                return;
            }
            if (at < 1 || line.endsWith("\\")) {
                throw Numbered.malformed(file, number, "the line is not key=value. Write each setting on a line.");
            }
            String value = VARIABLE.matcher(line.substring(at + 1).strip())
                    .replaceAll(
                            found -> Matcher.quoteReplacement(System.getenv().getOrDefault(found.group(1), "")));
            values.put(line.substring(0, at).strip(), new Value(value, file, number));
        });
        return values;
    }

    /** TOML of sections and pairs whose values are strings, numbers, booleans and lists of strings on a line. */
    static Map<String, Value> toml(Path file) throws IOException {
        Map<String, Value> values = new LinkedHashMap<>();
        StringBuilder section = new StringBuilder();
        read(file, (line, number) -> {
            Matcher begins = SECTION.matcher(line);
            if (begins.matches()) {
                section.setLength(0);
                section.append(begins.group(1).strip()).append('.');
                return;
            }
            Matcher pair = PAIR.matcher(line);
            if (!pair.matches()) {
                if (section.indexOf("flyway.") == 0) {
                    throw Numbered.malformed(
                            file, number, "the line is not key = value. Write each setting on a line.");
                }
                return; // a list over several lines in a section that is no concern of ours
            }
            String key = section + pair.group(1).replace("\"", "");
            String value = key.startsWith("flyway.") ? value(file, number, pair.group(2)) : pair.group(2);
            values.put(key, new Value(value, file, number));
        });
        return values;
    }

    private static String value(Path file, int number, String text) {
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
        }
        Matcher list = LIST.matcher(text);
        if (list.matches()) {
            StringBuilder joined = new StringBuilder();
            for (String element : list.group(1).split(",")) {
                if (!element.isBlank()) {
                    joined.append(joined.isEmpty() ? "" : ",").append(value(file, number, element.strip()));
                }
            }
            return joined.toString();
        }
        Matcher bare = BARE.matcher(text);
        if (bare.matches()) {
            return bare.group(1);
        }
        throw Numbered.malformed(
                file, number, "the value is not a string, a number, true, false or a list of strings on one line.");
    }
}
