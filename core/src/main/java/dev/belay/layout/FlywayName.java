package dev.belay.layout;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.internal.Disk;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the name of a file says (ResourceNameParser): prefix, version, separator, description, suffix.
 *
 * @param version as it is written, with dots; empty for a repeatable one
 * @param stem the file's name without its suffix
 */
record FlywayName(Kind kind, String prefix, String version, String description, String stem, Path file) {
    /** What a prefix means. */
    enum Kind {
        VERSIONED,
        UNDO,
        REPEATABLE,
        BASELINE,
        CALLBACK
    }

    private record Prefix(String text, Kind kind) {}

    /** Event: what Flyway runs by itself at these occasions. */
    private static final List<String> EVENTS = List.of(
            "beforeClean",
            "afterClean",
            "beforeMigrate",
            "beforeEachMigrate",
            "afterEachMigrate",
            "beforeRepeatables",
            "afterVersioned",
            "afterMigrate",
            "beforeUndo",
            "beforeEachUndo",
            "afterEachUndo",
            "afterUndo",
            "beforeValidate",
            "afterValidate",
            "beforeBaseline",
            "afterBaseline",
            "beforeRepair",
            "afterRepair",
            "beforeInfo",
            "afterInfo",
            "createSchema",
            "beforeCreateSchema",
            "beforeConnect",
            "afterConnect");

    /** How files are named by the settings. */
    static final class Naming {
        private final List<String> suffixes;
        /** By their first letters, the longest first: a start reads all names, mostly before this code is compiled. */
        private final Map<Character, List<Prefix>> prefixes;

        private final String separator;
        private final boolean strict;

        Naming(FlywaySettings settings) {
            this.suffixes = settings.suffixes();
            this.prefixes = Stream.concat(
                            EVENTS.stream().map(event -> new Prefix(event, Kind.CALLBACK)),
                            Stream.of(
                                    new Prefix(settings.get("sqlMigrationPrefix", "V"), Kind.VERSIONED),
                                    new Prefix(settings.get("undoSqlMigrationPrefix", "U"), Kind.UNDO),
                                    new Prefix(settings.get("repeatableSqlMigrationPrefix", "R"), Kind.REPEATABLE),
                                    new Prefix(settings.get("baselineMigrationPrefix", "B"), Kind.BASELINE)))
                    .filter(prefix -> !prefix.text().isEmpty())
                    .sorted(Comparator.comparingInt(prefix -> -prefix.text().length()))
                    .collect(Collectors.groupingBy(prefix -> prefix.text().charAt(0)));
            this.separator = settings.separator();
            this.strict = settings.is("validateMigrationNaming", false);
        }

        /** Reads a file's name; empty when it is none of Flyway's. */
        Optional<FlywayName> of(Path file) {
            String name = Disk.name(file);
            for (String suffix : suffixes) {
                if (name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length())) {
                    return ofStem(file, name.substring(0, name.length() - suffix.length()));
                }
            }
            return Optional.empty();
        }

        private Optional<FlywayName> ofStem(Path file, String stem) {
            List<Prefix> likely = stem.isEmpty() ? List.of() : prefixes.getOrDefault(stem.charAt(0), List.of());
            for (Prefix prefix : likely) {
                if (stem.startsWith(prefix.text())) {
                    return Optional.of(parsed(file, stem, prefix, separator));
                }
            }
            if (strict) {
                throw malformed(file, "is none of Flyway's, and validateMigrationNaming refuses that");
            }
            return Optional.empty();
        }
    }

    private static FlywayName parsed(Path file, String stem, Prefix prefix, String separator) {
        String rest = stem.substring(prefix.text().length());
        int at = rest.indexOf(separator);
        String version = at < 0 ? rest : rest.substring(0, at);
        String description =
                at < 0 ? "" : rest.substring(at + separator.length()).replace('_', ' ');
        boolean versioned = prefix.kind() != Kind.REPEATABLE && prefix.kind() != Kind.CALLBACK;
        if (versioned && !isVersion(version)) {
            throw malformed(
                    file,
                    "has no version: it begins like one of Flyway's, which look like " + prefix.text() + "1.2"
                            + separator + "description");
        }
        if (!versioned && !version.isEmpty()) {
            throw malformed(
                    file,
                    "has something before " + separator + ": it begins like one of Flyway's, which look like "
                            + prefix.text() + separator + "description");
        }
        return new FlywayName(prefix.kind(), prefix.text(), version.replace('_', '.'), description, stem, file);
    }

    /** Numbers with dots or underscores between them. */
    private static boolean isVersion(String text) {
        boolean inNumber = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean between = inNumber && (c == '.' || c == '_');
            if (!digit && !between) {
                return false;
            }
            inNumber = digit;
        }
        return inNumber;
    }

    /** What is compared: two files of one version can't both be there. */
    FlywayVersion number() {
        return FlywayVersion.of(version);
    }

    private static MalformedRevisionException malformed(Path file, String problem) {
        return new MalformedRevisionException(
                file.toString(), 1, "the file's name " + problem + ". Rename the file, or move it elsewhere.");
    }
}
