package dev.belay.layout;

import dev.belay.layout.KeyValueFile.Value;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flyway's settings, as far as they concern the files and the history: from a {@code flyway.toml} or {@code flyway.conf} in the
 * directory or beside it, and from the calling code, which goes first.
 */
final class FlywaySettings {
    private static final String PLACEHOLDERS = "placeholders.";

    /** What is done as the setting says. */
    private static final Set<String> KNOWN = Set.of(
            "table",
            "schemas",
            "defaultSchema",
            "createSchemas",
            "placeholderReplacement",
            "placeholderPrefix",
            "placeholderSuffix",
            "placeholderSeparator",
            "sqlMigrationPrefix",
            "undoSqlMigrationPrefix",
            "repeatableSqlMigrationPrefix",
            "baselineMigrationPrefix",
            "sqlMigrationSeparator",
            "sqlMigrationSuffixes",
            "validateMigrationNaming",
            "encoding",
            "mixed",
            "executeInTransaction",
            "outOfOrder",
            "installedBy");

    /** What makes no difference here: where the database is, what Flyway prints, commands other than migrate and undo. */
    private static final Set<String> NO_MATTER = Set.of(
            "url",
            "user",
            "password",
            "driver",
            "environment",
            "locations",
            "failOnMissingLocations",
            "connectRetries",
            "connectRetriesInterval",
            "lockRetryCount",
            "postgresql.transactional.lock",
            "group",
            "batch",
            "stream",
            "validateOnMigrate",
            "baselineOnMigrate",
            "baselineVersion",
            "baselineDescription",
            "cleanDisabled",
            "cleanOnValidationError",
            "outputQueryResults",
            "outputType",
            "outputProgress",
            "loggers",
            "reportEnabled",
            "reportFilename",
            "jarDirs",
            "licenseKey");

    private final Map<String, String> values;

    private FlywaySettings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param own those of the calling code, by Flyway's names without {@code flyway.}
     */
    static FlywaySettings of(Path directory, Map<String, String> own) throws IOException {
        Map<String, String> values = new TreeMap<>();
        List<Path> found = new ArrayList<>();
        for (Path place : places(directory)) {
            for (String name : List.of("flyway.toml", "flyway.conf")) {
                if (Files.isRegularFile(place.resolve(name))) {
                    found.add(place.resolve(name));
                }
            }
        }
        if (found.size() > 1) {
            throw new MalformedRevisionException(
                    found.get(1).toString(), 1, "there is " + found.get(0) + " as well. Remove one of them.");
        }
        for (Path file : found) {
            boolean toml = Disk.name(file).endsWith(".toml");
            (toml ? KeyValueFile.toml(file) : KeyValueFile.properties(file))
                    .forEach((key, value) -> take(values, key, value));
        }
        own.forEach((key, value) -> {
            if (!KNOWN.contains(key) && !NO_MATTER.contains(key) && !key.startsWith(PLACEHOLDERS)) {
                throw new IllegalArgumentException("Flyway's setting " + key + " is not known here");
            }
            values.put(key, value);
        });
        return new FlywaySettings(values);
    }

    private static List<Path> places(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? List.of(absolute) : List.of(absolute, parent);
    }

    private static void take(Map<String, String> values, String key, Value value) {
        if (!key.startsWith("flyway.")) {
            return; // environments and other tools of the same maker
        }
        String name = key.substring("flyway.".length());
        boolean patterns =
                name.equals("ignoreMigrationPatterns") && value.text().equals("*:future");
        if (KNOWN.contains(name) || name.startsWith(PLACEHOLDERS)) {
            values.put(name, value.text());
        } else if (!NO_MATTER.contains(name) && !name.startsWith("jdbcProperties.") && !patterns) {
            throw value.malformed("the setting " + key
                    + " is not known here. Remove it, or let Flyway itself run the migrations: FlywayEngine.");
        }
    }

    String get(String key, String otherwise) {
        return Objects.requireNonNullElse(values.get(key), otherwise);
    }

    boolean is(String key, boolean otherwise) {
        return Boolean.parseBoolean(get(key, String.valueOf(otherwise)));
    }

    /** Those that name a value. */
    Map<String, String> all() {
        return Map.copyOf(values);
    }

    List<String> suffixes() {
        return Stream.of(get("sqlMigrationSuffixes", ".sql").split(","))
                .map(String::strip)
                .filter(suffix -> !suffix.isEmpty())
                .toList();
    }

    String separator() {
        return get("sqlMigrationSeparator", "__");
    }

    Charset encoding() {
        return Charset.forName(get("encoding", StandardCharsets.UTF_8.name()));
    }

    /** Where Flyway's own tables are, where that is said. */
    @Nullable
    String defaultSchema() {
        String first = get("schemas", "").split(",")[0].strip();
        String schema = get("defaultSchema", first);
        return schema.isEmpty() ? null : schema;
    }

    /** The placeholders that need no database, by their names in lower case. */
    Map<String, String> placeholders() {
        Map<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(PLACEHOLDERS)) {
                found.put(key.substring(PLACEHOLDERS.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        return found;
    }
}
