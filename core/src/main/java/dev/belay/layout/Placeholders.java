package dev.belay.layout;

import dev.belay.revision.DatabaseScript;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts values into a text where Flyway does (PlaceholderReplacingReader, ParsingContext). */
final class Placeholders {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final String prefix;
    private final String suffix;
    private final Map<String, String> values;
    /** Names of facts that only the database knows, by placeholder. */
    private final Map<String, String> facts;

    private final String timestamp;

    private Placeholders(
            String prefix, String suffix, Map<String, String> values, Map<String, String> facts, String timestamp) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.values = values;
        this.facts = facts;
        this.timestamp = timestamp;
    }

    /** Those that are the same for all files. */
    static Placeholders of(FlywaySettings settings) {
        String own = "flyway" + settings.get("placeholderSeparator", ":").toLowerCase(Locale.ROOT);
        Map<String, String> values = new TreeMap<>(settings.placeholders());
        Map<String, String> facts = new HashMap<>();
        String schema = settings.defaultSchema();
        if (schema == null) {
            facts.put(own + "defaultschema", DatabaseScript.SCHEMA);
        } else {
            values.put(own + "defaultschema", schema);
        }
        facts.put(own + "user", DatabaseScript.USER);
        facts.put(own + "database", DatabaseScript.DATABASE);
        values.put(own + "timestamp", TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault())));
        values.put(own + "workingdirectory", System.getProperty("user.dir", ""));
        values.put(own + "table", settings.get(FlywayProperties.TABLE, "flyway_schema_history"));
        values.put(own + "environment", "default");
        values.put(own + "filename", "");
        return new Placeholders(
                settings.get("placeholderPrefix", "${"),
                settings.get("placeholderSuffix", "}"),
                values,
                facts,
                own + "timestamp");
    }

    /** With the file's own name. */
    Placeholders in(Path file) {
        Map<String, String> all = new TreeMap<>(values);
        all.replaceAll((name, value) -> name.endsWith("filename") && value.isEmpty() ? Disk.name(file) : value);
        return new Placeholders(prefix, suffix, all, facts, timestamp);
    }

    /** Whether a line may hold one. */
    boolean occurIn(String line) {
        return line.contains(prefix);
    }

    /** Whether the text to which this belongs is another one at each reading. */
    boolean isTimestamp(String name) {
        return name.equalsIgnoreCase(timestamp);
    }

    /** What was met while reading. */
    interface Met {
        void placeholder(String name, boolean fromDatabase, int line);
    }

    /**
     * The text with the values.
     *
     * @param known facts of the database, by {@link DatabaseScript}'s keys; where one is missing the placeholder stays
     */
    Reader replacing(Reader text, Path file, Map<String, String> known, Met met) {
        return new Replacing(text, file, known, met);
    }

    private final class Replacing extends RewritingReader {
        private final Path file;
        private final Map<String, String> known;
        private final Met met;

        Replacing(Reader in, Path file, Map<String, String> known, Met met) {
            super(in);
            this.file = file;
            this.known = known;
            this.met = met;
        }

        /** As Flyway reads: what turns out not to be the prefix is passed on without a second look. */
        @Override
        boolean advance() throws IOException {
            while (true) {
                int next = in.next();
                if (next < 0) {
                    return !ready.isEmpty();
                }
                ready.append((char) next);
                if (!prefix.startsWith(ready.toString())) {
                    return true;
                }
                if (ready.length() == prefix.length()) {
                    ready.setLength(0);
                    ready.append(value(name()));
                    return true;
                }
            }
        }

        private String name() throws IOException {
            int begun = in.line();
            StringBuilder name = new StringBuilder();
            while (name.indexOf(suffix, Math.max(0, name.length() - suffix.length())) < 0) {
                int next = in.next();
                if (next < 0) {
                    throw new MalformedRevisionException(
                            file.toString(), begun, "the placeholder that begins here has no end " + suffix + ".");
                }
                name.append((char) next);
            }
            name.setLength(name.length() - suffix.length());
            return name.toString();
        }

        private String value(String name) {
            String key = name.toLowerCase(Locale.ROOT);
            @Nullable String fact = facts.get(key);
            if (fact != null) {
                met.placeholder(name, true, in.line());
                @Nullable String value = known.get(fact);
                return value == null ? prefix + name + suffix : value;
            }
            @Nullable String value = values.get(key);
            if (value == null) {
                throw new MalformedRevisionException(
                        file.toString(),
                        in.line(),
                        "there is no value for the placeholder " + prefix + name + suffix + ". Set placeholders." + name
                                + " in flyway.toml or flyway.conf beside the directory, or by Layouts.flyway(settings).");
            }
            met.placeholder(name, false, in.line());
            return value;
        }
    }
}
