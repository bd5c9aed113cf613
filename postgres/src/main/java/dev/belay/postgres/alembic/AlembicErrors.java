package dev.belay.postgres.alembic;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Alembic wrote to its error output, as far as it can be shown: Python's exceptions show statements with their literals, and
 * values of rows. Called by one thread at a time.
 */
final class AlembicErrors {
    private static final int KEPT = 400;
    private static final Pattern SAID = Pattern.compile("^\\s*FAILED: (.*)$");
    private static final Pattern FRAME = Pattern.compile("^\\s*File \"(.+)\", line (\\d+), in \\w+.*$");
    private static final Pattern FROM_SERVER =
            Pattern.compile("^[\\w.]+: \\((?:<class ')?(?:[\\w.]+\\.)?(\\w+)(?:'>)?\\) ?(.*)$");
    private static final Pattern EXCEPTION =
            Pattern.compile("^((?:\\w+\\.)*(\\w*(?:Error|Exception|Exit|Interrupt|Warning)))(?::.*)?$");

    /** Conditions whose quoted words are names of objects (PostgreSQL docs, appendix A: classes 23 and 42, and some of 55 and 57). */
    private static final Set<String> NAME_OBJECTS = Set.of(
            "UndefinedTable",
            "UndefinedColumn",
            "UndefinedObject",
            "UndefinedFunction",
            "DuplicateTable",
            "DuplicateColumn",
            "DuplicateObject",
            "DuplicateFunction",
            "DuplicateSchema",
            "DuplicateDatabase",
            "InvalidSchemaName",
            "InvalidCatalogName",
            "InvalidTableDefinition",
            "DependentObjectsStillExist",
            "InsufficientPrivilege",
            "UniqueViolation",
            "ForeignKeyViolation",
            "NotNullViolation",
            "CheckViolation",
            "ExclusionViolation",
            "LockNotAvailable",
            "QueryCanceled",
            "DeadlockDetected",
            "ObjectInUse",
            "ActiveSqlTransaction");

    private final Deque<String> lines = new ArrayDeque<>();
    private final List<Path> folders;

    /** With the directories of the revisions, whose places in a traceback are told. */
    AlembicErrors(List<Path> folders) {
        this.folders = folders;
    }

    synchronized void add(String line) {
        lines.addLast(line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    /** What went wrong, without a dot at its end. */
    synchronized String describe() {
        Optional<String> said = last(SAID).map(found -> found.group(1).strip());
        if (said.isPresent()) {
            return "Alembic says: " + said.get().replaceAll("\\.$", "");
        }
        String place = place().map(found -> " at " + found).orElse("");
        Optional<Matcher> server = last(FROM_SERVER);
        if (server.isPresent()) {
            String condition = server.get().group(1);
            String message = server.get().group(2);
            return condition + place + ": "
                    + (NAME_OBJECTS.contains(condition) ? message : message.replaceFirst("\".*$", "\"\u2026\""));
        }
        return last(EXCEPTION)
                .map(found -> found.group(2) + place + "; its words may hold values and are shown by Alembic alone")
                .orElse("it ended with an error and said nothing that can be shown" + place);
    }

    /** Whether it waited in vain for a lock, or was a deadlock's victim. */
    synchronized boolean isInTheWay() {
        return last(FROM_SERVER)
                .map(found -> Set.of("LockNotAvailable", "DeadlockDetected").contains(found.group(1)))
                .orElse(false);
    }

    /** The file of the revision that was running, and the line. */
    private Optional<String> place() {
        Optional<String> place = Optional.empty();
        for (String line : lines) {
            Matcher frame = FRAME.matcher(line);
            if (frame.matches()) {
                Path file = Path.of(frame.group(1));
                boolean isRevision = folders.stream().anyMatch(folder -> folder.equals(file.getParent()));
                place = isRevision ? Optional.of(file.getFileName() + ":" + frame.group(2)) : place;
            }
        }
        return place;
    }

    private Optional<Matcher> last(Pattern pattern) {
        Optional<Matcher> last = Optional.empty();
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                last = Optional.of(matcher);
            }
        }
        return last;
    }
}
