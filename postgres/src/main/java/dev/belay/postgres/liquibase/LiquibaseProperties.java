package dev.belay.postgres.liquibase;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * What a liquibase.properties says of the changelog. What it says of the database isn't read: that is the plan's.
 *
 * @param values by their names without the parts that Liquibase lets be left out
 * @param parameters what stands for {@code ${name}}
 */
record LiquibaseProperties(Path file, Map<String, String> values, Map<String, String> parameters) {
    static final String NAME = "liquibase.properties";

    private static final Pattern OPTIONAL_PREFIX = Pattern.compile("^liquibase\\.(?:command\\.)?");
    private static final Pattern PARAMETER = Pattern.compile("(?:liquibase\\.)?parameter\\.(.+)");

    /** Those that would lead elsewhere, and the one value each that doesn't. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "defaultschemaname", "public",
            "liquibaseschemaname", "public",
            "databasechangelogtablename", "databasechangelog",
            "databasechangeloglocktablename", "databasechangeloglock");

    static LiquibaseProperties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableRevisionsException(file.toString(), "reading it failed (" + e + ").", e);
        }
        Map<String, String> values = new HashMap<>();
        Map<String, String> parameters = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).strip();
            var parameter = PARAMETER.matcher(key);
            if (parameter.matches()) {
                parameters.put(parameter.group(1), value);
            } else {
                check(file, key, value);
                values.put(plain(key), value);
            }
        }
        return new LiquibaseProperties(file, values, parameters);
    }

    /** Liquibase takes changelogFile, changelog-file and liquibase.command.changelogFile for the same. */
    private static String plain(String key) {
        return OPTIONAL_PREFIX
                .matcher(key.strip())
                .replaceFirst("")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[-_]", "");
    }

    private static void check(Path file, String key, String value) {
        String harmless = ELSEWHERE.get(plain(key));
        if (harmless != null && !value.isEmpty() && !value.equalsIgnoreCase(harmless)) {
            throw new MalformedRevisionException(
                    file.toString(),
                    line(file, key),
                    key + " = " + value + " can't be kept to: the schema is the one that the connection's search path"
                            + " names first (in the URL: ?currentSchema=...), and Liquibase's tables have their usual"
                            + " names there. Remove the line.");
        }
    }

    private static int line(Path file, String key) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).strip().startsWith(key)) {
                    return i + 1;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0; // it could be read a moment ago; the message names the key
        }
    }

    Optional<String> changelogFile() {
        return Optional.ofNullable(values.get("changelogfile")).filter(value -> !value.isEmpty());
    }

    String contexts() {
        return values.getOrDefault("contexts", values.getOrDefault("contextfilter", ""));
    }

    String labels() {
        return values.getOrDefault("labelfilter", values.getOrDefault("labels", ""));
    }

    /** The directory below which Liquibase looks for files, when it isn't the file's own. */
    Optional<String> searchPath() {
        Optional<String> path = Optional.ofNullable(values.get("searchpath")).filter(value -> !value.isEmpty());
        if (path.filter(value -> value.contains(",")).isPresent()) {
            throw new MalformedRevisionException(
                    file.toString(),
                    line(file, "searchPath"),
                    "searchPath names several directories; Belay takes one. Name the one that all changelogs are below.");
        }
        return path;
    }
}
