package dev.belay.postgres.alembic;

import dev.belay.revision.MalformedRevisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What section [alembic] of alembic.ini says of the places of revisions (Python's configparser; Alembic's docs, "Tutorial"). */
final class AlembicIni {
    private final Path file;
    private final Map<String, String> values;

    private AlembicIni(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    static AlembicIni read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        String section = "";
        String key = "";
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            int equals = text.indexOf('=');
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).strip();
                key = "";
            } else if (section.equals("alembic") && Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
                values.merge(key, text, (before, more) -> before + "\n" + more);
            } else if (section.equals("alembic") && equals > 0) {
                key = text.substring(0, equals).strip();
                values.put(key, text.substring(equals + 1).strip());
            }
        }
        return new AlembicIni(file, values);
    }

    /** The directories that hold the revisions. */
    List<Path> versions() {
        String location = values.get("script_location");
        if (location == null) {
            throw new MalformedRevisionException(
                    file.toString(),
                    0,
                    "section [alembic] has no script_location. Correct it, or name another directory.");
        }
        String listed = values.getOrDefault("version_locations", "");
        if (listed.isEmpty()) {
            return List.of(path(location, location).resolve("versions"));
        }
        List<Path> paths = new ArrayList<>();
        for (String one : listed.split(separator())) {
            if (!one.isBlank()) {
                paths.add(path(one.strip(), location));
            }
        }
        return paths;
    }

    /** By default Alembic takes spaces and commas, and with version_path_separator one of the others. */
    private String separator() {
        String named = values.getOrDefault("version_path_separator", values.getOrDefault("path_separator", ""));
        return switch (named) {
            case "os" -> java.util.regex.Pattern.quote(java.io.File.pathSeparator);
            case ":" -> ":";
            case ";" -> ";";
            case "newline" -> "\n";
            case "space" -> "\\s+";
            default -> "[,\\s]+";
        };
    }

    private Path path(String text, String location) {
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        String plain = text.replace("%(here)s", folder.toString())
                .replace("%(script_location)s", location.replace("%(here)s", folder.toString()))
                .replace("%%", "%");
        if (plain.contains(":") && !Files.exists(folder.resolve(plain))) {
            throw new MalformedRevisionException(
                    file.toString(),
                    0,
                    "\"" + plain + "\" names a place inside a Python package, which is not looked for here."
                            + " Name its directory instead.");
        }
        return folder.resolve(plain).normalize();
    }
}
