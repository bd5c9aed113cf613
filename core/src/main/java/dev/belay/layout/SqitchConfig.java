package dev.belay.layout;

import dev.belay.layout.KeyValueFile.Value;
import dev.belay.revision.SectionedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of Sqitch (Config::GitLike): sections, keys and values as Git has them, of the system, of the user and of
 * the project, each going before those ahead of it.
 */
final class SqitchConfig {
    private static final Pattern SECTION =
            Pattern.compile("\\[([^\\s\\[\\]\"]+)(?:[\\t ]*\"((?:[^\"\\\\]|\\\\.)*)\")?\\]");
    private static final Pattern KEY = Pattern.compile("([^\\[=\\s#;][^=\\n]*?)[\\t ]*(=|(?=[#;\\r\\n])|\\z)");

    /** By section and key in lower case, as the section's second part is written. */
    private final Map<String, Value> values = new LinkedHashMap<>();

    /** How a key was written first: names of variables keep their case. */
    private final Map<String, String> spelling = new LinkedHashMap<>();

    private SqitchConfig() {}

    /**
     * Reads the files that are there.
     *
     * @param directory of the project
     * @param environment variables of the process
     */
    static SqitchConfig of(Path directory, Map<String, String> environment) throws IOException {
        SqitchConfig config = new SqitchConfig();
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        config.read(file(directory, environment, "SQITCH_SYSTEM_CONFIG", "/etc/sqitch/sqitch.conf"));
        config.read(file(directory, environment, "SQITCH_USER_CONFIG", home + "/.sqitch/sqitch.conf"));
        config.read(file(directory, environment, "SQITCH_CONFIG", Sqitch.CONFIG));
        return config;
    }

    private static Path file(Path directory, Map<String, String> environment, String variable, String otherwise) {
        String set = environment.getOrDefault(variable, "");
        return directory.resolve(set.isEmpty() ? otherwise : set);
    }

    /** The value of a key; an empty one counts as none. */
    Optional<Value> get(String key) {
        return Optional.ofNullable(values.get(normal(key)))
                .filter(value -> !value.text().isEmpty());
    }

    /** The keys of a section as they are written, and their values. */
    Map<String, String> section(String name) {
        Map<String, String> section = new LinkedHashMap<>();
        String prefix = normal(name + ".");
        values.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.indexOf('.', prefix.length()) < 0) {
                section.put(spelling.getOrDefault(key, key).substring(prefix.length()), value.text());
            }
        });
        return section;
    }

    private static String normal(String key) {
        int first = key.indexOf('.');
        int last = key.lastIndexOf('.');
        return key.substring(0, first).toLowerCase(Locale.ROOT)
                + key.substring(first, last)
                + key.substring(last).toLowerCase(Locale.ROOT);
    }

    private void read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        new Parser(file, SectionedFile.whole(file).text()).run();
    }

    /** Takes the text to pieces from its front. */
    private final class Parser {
        private final Path file;
        private final String text;
        private int at;
        private String section = "";

        Parser(Path file, String text) {
            this.file = file;
            this.text = text;
        }

        void run() {
            while (true) {
                while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                if (at == text.length()) {
                    return;
                }
                char next = text.charAt(at);
                if (next == '#' || next == ';') {
                    skipLine();
                } else if (next == '[') {
                    section();
                } else {
                    pair();
                }
            }
        }

        private int line() {
            return (int) text.substring(0, Math.min(at, text.length()))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
        }

        private void skipLine() {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        }

        private void section() {
            Matcher header = SECTION.matcher(text).region(at, text.length());
            if (!header.lookingAt()) {
                throw Numbered.malformed(
                        file, line(), "the line begins like a section and isn't one: [name \"part\"].");
            }
            String part = header.group(2);
            section = header.group(1).toLowerCase(Locale.ROOT)
                    + (part == null ? "" : "." + part.replaceAll("\\\\(.)", "$1"));
            at = header.end();
        }

        private void pair() {
            Matcher key = KEY.matcher(text).region(at, text.length());
            if (section.isEmpty() || !key.lookingAt()) {
                throw Numbered.malformed(file, line(), "the line is no key = value below a [section].");
            }
            int line = line();
            at = key.end();
            String name = section + "." + key.group(1);
            String value = key.group(2).equals("=") ? value(line) : "";
            spelling.putIfAbsent(normal(name), name);
            values.put(normal(name), new Value(value, file, line));
        }

        private String value(int line) {
            StringBuilder value = new StringBuilder();
            boolean quoted = false;
            boolean blank = false;
            boolean word = false;
            while (at < text.length() && (quoted || text.charAt(at) != '\n')) {
                char next = text.charAt(at++);
                if (!quoted && !word && (next == '#' || next == ';')) {
                    skipLine();
                } else if (!quoted && (next == ' ' || next == '\t' || next == '\r')) {
                    blank = !value.isEmpty();
                    word = false;
                } else {
                    value.append(blank ? " " : "");
                    blank = false;
                    word = !quoted && next != '"' && next != '\\';
                    if (next == '"') {
                        quoted = !quoted;
                    } else if (next == '\\') {
                        escape(value, quoted, line);
                    } else {
                        value.append(next);
                    }
                }
            }
            if (quoted) {
                throw Numbered.malformed(file, line, "the quote that begins here has no end.");
            }
            return value.toString();
        }

        private void escape(StringBuilder value, boolean quoted, int line) {
            char next = at < text.length() ? text.charAt(at++) : 0;
            switch (next) {
                case '\r' -> at++; // the line goes on below
                case '\n' -> {}
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'b' -> value.append('\b');
                case '\\' -> value.append(next);
                case '"', '\'' -> value.append(quoted ? "\\" : "").append(next); // Config::GitLike leaves it there
                default ->
                    throw Numbered.malformed(file, line, "the backslash stands before a character that needs none.");
            }
        }
    }
}
