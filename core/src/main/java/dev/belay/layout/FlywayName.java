package dev.belay.layout;

import dev.belay.revision.MalformedRevisionException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** Reads it; empty when the file is none of Flyway's. */
    static Optional<FlywayName> of(Path file, FlywaySettings settings) {
        String name = Numbered.name(file);
        Optional<String> suffix = settings.suffixes().stream()
                .filter(each -> name.toUpperCase(Locale.ROOT).endsWith(each.toUpperCase(Locale.ROOT)))
                .findFirst();
        if (suffix.isEmpty()) {
            return Optional.empty();
        }
        String stem = name.substring(0, name.length() - suffix.get().length());
        Optional<Prefix> prefix = prefixes(settings)
                .filter(each -> stem.startsWith(each.text()))
                .max(Comparator.comparingInt(each -> each.text().length()));
        if (prefix.isEmpty()) {
            if (settings.is("validateMigrationNaming", false)) {
                throw malformed(file, "is none of Flyway's, and validateMigrationNaming refuses that");
            }
            return Optional.empty();
        }
        return Optional.of(parsed(file, stem, prefix.get(), settings.separator()));
    }

    private static Stream<Prefix> prefixes(FlywaySettings settings) {
        return Stream.concat(
                EVENTS.stream().map(event -> new Prefix(event, Kind.CALLBACK)),
                Stream.of(
                                new Prefix(settings.get("sqlMigrationPrefix", "V"), Kind.VERSIONED),
                                new Prefix(settings.get("undoSqlMigrationPrefix", "U"), Kind.UNDO),
                                new Prefix(settings.get("repeatableSqlMigrationPrefix", "R"), Kind.REPEATABLE),
                                new Prefix(settings.get("baselineMigrationPrefix", "B"), Kind.BASELINE))
                        .filter(prefix -> !prefix.text().isEmpty()));
    }

    private static FlywayName parsed(Path file, String stem, Prefix prefix, String separator) {
        String rest = stem.substring(prefix.text().length());
        int at = rest.indexOf(separator);
        String version = at < 0 ? rest : rest.substring(0, at);
        String description =
                at < 0 ? "" : rest.substring(at + separator.length()).replace('_', ' ');
        boolean versioned = prefix.kind() != Kind.REPEATABLE && prefix.kind() != Kind.CALLBACK;
        if (versioned && !version.matches("[0-9]+([._][0-9]+)*")) {
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

    /** What is compared: two files of one version can't both be there. */
    FlywayVersion number() {
        return FlywayVersion.of(version);
    }

    private static MalformedRevisionException malformed(Path file, String problem) {
        return new MalformedRevisionException(
                file.toString(), 1, "the file's name " + problem + ". Rename the file, or move it elsewhere.");
    }
}
