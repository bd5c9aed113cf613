package dev.belay.layout;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Script;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an environment of MyBatis Migrations says (Environment, VariableReplacer): the variables of the scripts, and some
 * options, of which those that Belay can't keep to are refused.
 *
 * @param variables by their names
 * @param autoCommit whether each statement commits by itself
 */
record MybatisSettings(Map<String, String> variables, boolean autoCommit) {
    /** What is no variable. */
    private static final Set<String> OPTIONS = Set.of(
            "time_zone",
            "delimiter",
            "script_char_set",
            "full_line_delimiter",
            "send_full_script",
            "auto_commit",
            "remove_crs",
            "ignore_warnings",
            "driver_path",
            "driver",
            "url",
            "username",
            "password");

    private static final Pattern HOOK = Pattern.compile("hook_(?:before|before_each|after|after_each)_(?:up|down)");
    private static final Pattern ANY_HOOK = Pattern.compile("hook_[a-z_]+");
    private static final Pattern VARIABLE = Pattern.compile("(\\\\)?\\$\\{([^}]*)}");
    private static final Pattern COMMENT = Pattern.compile("(?m)^([ \\t]*)//");

    static final MybatisSettings NONE = new MybatisSettings(Map.of(), false);

    /** Reads an environment; where there is no directory of them, nothing is set. */
    static MybatisSettings of(Path environments, String environment) throws IOException {
        if (!Files.isDirectory(environments)) {
            return NONE;
        }
        Path file = environments.resolve(environment + ".properties");
        if (!Files.isRegularFile(file)) {
            throw new MalformedRevisionException(
                    file.toString(), 0, "there is no such environment. Add the file, or name another environment.");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            properties.load(reader);
        }
        Map<String, String> variables = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key);
            check(file, key, value);
            if (!OPTIONS.contains(key) && !ANY_HOOK.matcher(key).matches()) {
                variables.put(key, value);
            }
        }
        return new MybatisSettings(
                Map.copyOf(variables), Boolean.parseBoolean(properties.getProperty("auto_commit", "false")));
    }

    private static void check(Path file, String key, String value) throws IOException {
        Optional<String> problem = switch (key) {
            case "delimiter" -> unless(value.strip().equals(";"), "statements end with a semicolon here");
            case "script_char_set" ->
                unless(
                        value.strip().toLowerCase(Locale.ROOT).matches("utf-?8"),
                        "scripts are read as UTF-8 here. Save them so");
            case "changelog" ->
                unless(value.strip().equalsIgnoreCase("changelog"), "the history is read from CHANGELOG only");
            default -> unless(!HOOK.matcher(key).matches() || value.isBlank(), "hooks are not run here");
        };
        if (problem.isEmpty() && !OPTIONS.contains(key) && value.contains("${")) {
            problem = Optional.of("variables of the process and of the Java machine are not looked up here");
        }
        if (problem.isPresent()) {
            throw new MalformedRevisionException(
                    file.toString(), line(file, key), key + " can't be kept to: " + problem.get() + ".");
        }
    }

    private static Optional<String> unless(boolean fine, String problem) {
        return fine ? Optional.empty() : Optional.of(problem);
    }

    private static int line(Path file, String key) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(key)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether a line of a script is run as another than it is written. */
    boolean rewrites(String line) {
        return line.contains("${") || line.stripLeading().startsWith("//");
    }

    /** The script with its variables replaced; a line that begins with two slashes is a comment. */
    Script rewrite(Script script) {
        return script.rewritten(raw -> new StringReader(rewrite(raw.text())));
    }

    private String rewrite(String text) {
        Matcher variable = VARIABLE.matcher(COMMENT.matcher(text).replaceAll("$1--"));
        return variable.replaceAll(
                found -> Matcher.quoteReplacement(replacement(found.group(1) != null, found.group(2))));
    }

    private String replacement(boolean escaped, String key) {
        String value = escaped ? null : variables.get(key);
        return value == null ? "${" + key + "}" : value;
    }
}
