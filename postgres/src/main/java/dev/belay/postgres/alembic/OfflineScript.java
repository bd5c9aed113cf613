package dev.belay.postgres.alembic;

import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Change;
import dev.belay.revision.Script;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code alembic upgrade --sql} wrote (runtime/migration.py: run_migrations), taken apart: a line says which revision
 * begins, and behind its statements come those for Alembic's table.
 */
final class OfflineScript {
    private static final Pattern MARKER = Pattern.compile("-- Running (?:(up)|down)grade (.*?) -> (.*)");
    private static final Pattern BEGIN = Pattern.compile("(?i)(?:begin|start)\\b.*");
    private static final Pattern END = Pattern.compile("(?i)(?:commit|end)\\b.*");

    /** A value that Alembic left to the driver. */
    private static final Pattern OPEN_VALUE = Pattern.compile("%\\((\\w+)\\)s");

    private static final Pattern PERCENTS = Pattern.compile("%+");

    private final Pattern history;
    private final Map<String, Change.Sql> changes = new LinkedHashMap<>();
    private String revision = "";
    private final StringBuilder text = new StringBuilder();
    private boolean inTransaction;

    private OfflineScript(String versionTable) {
        String name = versionTable.substring(versionTable.lastIndexOf('.') + 1).replace("\"", "");
        this.history = Pattern.compile(
                "(?is)(?:insert\\s+into|update|delete\\s+from|(?:create|drop)\\s+table)\\s+(?:[\\w\".]+\\.)?\"?"
                        + Pattern.quote(name) + "\"?(?:\\W.*)?");
    }

    /**
     * The changes by revision.
     *
     * @param plainPercents whether percent signs are known to be written as they are
     */
    static Map<String, Change.Sql> read(String output, String versionTable, boolean plainPercents) {
        OfflineScript script = new OfflineScript(versionTable);
        String all = plainPercents ? output : singlePercents(output);
        all.lines().forEach(script::line);
        script.end();
        return script.changes;
    }

    /** The revision that began last. */
    static Optional<String> last(String output) {
        return output.lines()
                .map(OfflineScript::begins)
                .flatMap(Optional::stream)
                .reduce((before, after) -> after);
    }

    private static Optional<String> begins(String line) {
        Matcher marker = MARKER.matcher(line);
        if (!marker.matches()) {
            return Optional.empty();
        }
        return Optional.of(marker.group(marker.group(1) != null ? 3 : 2).strip());
    }

    /** For drivers that take values at %s, SQLAlchemy doubles every percent sign; then none stands alone. */
    private static String singlePercents(String output) {
        boolean doubled =
                PERCENTS.matcher(output).results().allMatch(run -> run.group().length() % 2 == 0);
        return doubled ? output.replace("%%", "%") : output;
    }

    private void line(String line) {
        Optional<String> begun = begins(line);
        if (begun.isPresent()) {
            end();
            revision = begun.get();
        } else {
            text.append(line).append('\n');
        }
    }

    private void end() {
        StringBuilder kept = new StringBuilder();
        boolean outside = false;
        try (StatementReader statements = StatementReader.of(text.toString(), "Alembic's SQL of " + revision)) {
            while (statements.hasNext()) {
                SqlStatement statement = statements.next();
                if (statement.isTransactionControl()) {
                    transaction(statement.text());
                } else if (!history.matcher(statement.text()).matches()) {
                    requireValues(statement.text());
                    kept.append(statement.text()).append(";\n");
                    outside |= !inTransaction;
                }
            }
        }
        text.setLength(0);
        if (!revision.isEmpty()) {
            changes.put(
                    revision, new Change.Sql(Script.ofText("Alembic's SQL of " + revision, kept.toString()), !outside));
        }
    }

    private void transaction(String statement) {
        if (BEGIN.matcher(statement).matches()) {
            inTransaction = true;
        } else if (END.matcher(statement).matches()) {
            inTransaction = false;
        } else {
            throw new UnwrittenException(revision, "it has " + statement.toUpperCase(Locale.ROOT));
        }
    }

    private void requireValues(String statement) {
        Matcher open = OPEN_VALUE.matcher(statement);
        if (open.find()) {
            throw new UnwrittenException(
                    revision, "Alembic leaves out the value of " + open.group(1) + ", which is given to execute()");
        }
    }

    /** What has no place in a script. */
    static final class UnwrittenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String revision;

        UnwrittenException(String revision, String problem) {
            super(problem);
            this.revision = revision;
        }

        String revision() {
            return revision;
        }
    }
}
