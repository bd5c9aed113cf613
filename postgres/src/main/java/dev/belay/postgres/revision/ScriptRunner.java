package dev.belay.postgres.revision;

import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import java.util.Locale;
import java.util.Set;

/** Runs the statements of a script within the transaction that is open. Not safe for use by several threads. */
public final class ScriptRunner {
    /** Statements that answer with no rows and no notices to speak of: others may follow unread behind them. */
    private static final Set<String> QUIET = Set.of(
            "create",
            "alter",
            "drop",
            "comment",
            "insert",
            "update",
            "delete",
            "grant",
            "revoke",
            "set",
            "truncate",
            "lock");

    private final StatementSender sender;
    private final Runnable check;

    /**
     * Runs through this sender.
     *
     * @param check asked between statements; throws when the run is to end
     */
    public ScriptRunner(StatementSender sender, Runnable check) {
        this.sender = sender;
        this.check = check;
    }

    /** Runs all statements but a pair of BEGIN and COMMIT around them; the last ones may still wait in the sender afterwards. Returns how many there are. */
    public int run(String revision, RevisionScript script) throws FailedStatement {
        int count = 0;
        try (StatementReader statements = script.statements()) {
            while (statements.hasNext()) {
                check.run();
                SqlStatement statement = statements.next();
                if (!OuterPair.isPart(statement)) {
                    run(revision, statement);
                    count++;
                }
            }
        }
        return count;
    }

    /** Runs one statement; it may still wait in the sender afterwards. */
    public void run(String revision, SqlStatement statement) throws FailedStatement {
        Place place = Place.of(revision, statement);
        if (statement.copyData().isPresent()) {
            sender.copy(place, statement.copyData().get());
        } else if (isQuiet(statement.text())) {
            sender.queue(place);
        } else {
            sender.run(place);
        }
    }

    /** The first word tells; a comment before it, or a RETURNING anywhere, makes the statement wait for its answer. */
    private static boolean isQuiet(String text) {
        String word = FirstWord.of(text);
        return QUIET.contains(word) && !text.toLowerCase(Locale.ROOT).contains("returning");
    }
}
