package dev.belay.layout;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of a script for psql, and those of its commands that only set them, print or format. */
final class PsqlVariables {
    private static final Set<String> IDLE = Set.of("echo", "qecho", "warn", "pset", "timing", "t", "a", "x");
    private static final List<String> ON = List.of("on", "true", "yes", "1");
    private static final Pattern ARGUMENT =
            Pattern.compile("\\s*(?:'((?:[^'\\\\]|'')*)'|:(['\"]?)(\\w+)\\2|([^\\s'\"`:\\\\]+))(?=\\s|$)");

    private final Path file;
    private final Map<String, String> values;

    PsqlVariables(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    /** Without one psql leaves the text as it is. */
    @Nullable
    String plain(String name) {
        return values.get(name);
    }

    /** As a literal or as a name. */
    String quoted(String name, char quote, int line) {
        String value = values.get(name);
        if (value == null) {
            throw Numbered.malformed(
                    file,
                    line,
                    "there is no value for the variable " + name
                            + " of psql. Set it in sqitch.conf below [core \"variables\"] or [deploy \"variables\"].");
        }
        String quoted = quote + value.replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote;
        return quote == '\'' && value.indexOf('\\') >= 0 ? " E" + quoted.replace("\\", "\\\\") : quoted;
    }

    /** Whether the command is one of these, and was run. */
    boolean run(String command, String arguments, int line) {
        if (arguments.indexOf('\\') >= 0) {
            return false; // another command on the same line
        }
        if (command.equals("set") && !arguments.isBlank()) {
            set(arguments.strip(), line);
            return true;
        }
        if (command.equals("unset")) {
            values.remove(arguments.strip());
            return true;
        }
        return IDLE.contains(command);
    }

    private void set(String arguments, int line) {
        String[] parts = arguments.split("\\s+", 2);
        StringBuilder value = new StringBuilder();
        String rest = parts.length > 1 ? parts[1].strip() : "";
        Matcher argument = ARGUMENT.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!argument.region(end, rest.length()).lookingAt()) {
                throw Numbered.malformed(
                        file, line, "the value after \\set is neither words nor in single quotes. Write it so.");
            }
            value.append(value(argument, line));
            end = argument.end();
        }
        set(parts[0], value.toString(), line);
    }

    private String value(Matcher argument, int line) {
        if (argument.group(1) != null) {
            return argument.group(1).replace("''", "'");
        }
        if (argument.group(4) != null) {
            return argument.group(4);
        }
        String name = argument.group(3);
        if (!argument.group(2).isEmpty()) {
            return quoted(name, argument.group(2).charAt(0), line);
        }
        String value = plain(name);
        return value == null ? ":" + name : value;
    }

    private void set(String name, String value, int line) {
        boolean on = ON.contains(value.toLowerCase(Locale.ROOT));
        boolean refused = switch (name) {
            case "ON_ERROR_STOP", "AUTOCOMMIT" -> !on && !value.isEmpty();
            case "ON_ERROR_ROLLBACK" -> on || value.equals("interactive");
            default -> false;
        };
        if (refused) {
            throw Numbered.malformed(
                    file,
                    line,
                    "\\set " + name + " " + value + " is not possible here: a script stops at its first error, and each"
                            + " statement outside of BEGIN and COMMIT commits by itself. Remove the line.");
        }
        values.put(name, value);
    }
}
