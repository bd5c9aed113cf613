package dev.belay.postgres.revision;

import dev.belay.engine.RevisionFailedException;
import dev.belay.postgres.sql.ScriptChecksum;
import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Script;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Optional;
import java.util.Set;

/** A script that is read from its place once when it is small, and streamed each time when it is large. */
public final class RevisionScript {
    /** Up to so many characters a script is kept in memory for the run: a thousand of them fit a heap of 128 MB. */
    private static final int SMALL = 1 << 14;

    /** Rows by the million need no second look. */
    private static final Set<String> HARMLESS =
            Set.of("insert", "update", "delete", "select", "copy", "comment", "grant");

    private final Script script;
    private final Optional<String> text;

    private RevisionScript(Script script, Optional<String> text) {
        this.script = script;
        this.text = text;
    }

    /** Reads the script's beginning. */
    public static RevisionScript of(Script script) {
        return new RevisionScript(script, read(script, SMALL));
    }

    /** The whole text, when it has at most so many characters. */
    public static Optional<String> read(Script script, int most) {
        StringBuilder text = new StringBuilder();
        char[] chars = new char[1 << 13];
        try (Reader reader = script.open()) {
            for (int n = reader.read(chars); n >= 0; n = reader.read(chars)) {
                text.append(chars, 0, n);
                if (text.length() > most) {
                    return Optional.empty();
                }
            }
            return Optional.of(text.toString());
        } catch (IOException e) {
            throw unreadable(script, e);
        }
    }

    private static UnreadableScriptException unreadable(Script script, IOException e) {
        return new UnreadableScriptException(script.origin(), e);
    }

    private Reader open() {
        try {
            return text.isPresent() ? new StringReader(text.get()) : script.open();
        } catch (IOException e) {
            throw unreadable(script, e);
        }
    }

    /** The statements, from the first one. */
    public StatementReader statements() {
        return new StatementReader(open(), script.origin(), script.firstLine());
    }

    /** The checksum over the tokens. */
    public String checksum() {
        try (Reader reader = open()) {
            return ScriptChecksum.of(reader, script.origin());
        } catch (IOException e) {
            throw unreadable(script, e);
        }
    }

    /**
     * Reads it through and refuses what can't run as it is marked. A script that is one {@code BEGIN; ... COMMIT;} as a whole
     * can: Belay's own transaction takes the pair's place.
     *
     * @throws RevisionFailedException naming the statement and the way out
     */
    public void check(String revision, boolean transactional) {
        OuterPair pair = new OuterPair();
        try (StatementReader statements = statements()) {
            while (statements.hasNext()) {
                SqlStatement statement = statements.next();
                skipData(statement);
                if (transactional && pair.takes(statement)) {
                    continue;
                }
                if (HARMLESS.contains(FirstWord.of(statement.text()))) {
                    continue;
                }
                if (statement.isTransactionControl()) {
                    throw refused(
                            revision,
                            statement,
                            transactional
                                    ? "Belay begins and ends the transaction itself. Remove the statement, or mark the section"
                                            + " no-transaction to have each statement commit by itself."
                                    : "Each statement of a no-transaction section commits by itself. Remove the statement.");
                }
                if (transactional && statement.cannotRunInTransaction()) {
                    throw refused(
                            revision,
                            statement,
                            "It cannot run inside a transaction."
                                    + " Mark the section: -- belay:upgrade no-transaction, or -- belay:downgrade no-transaction;"
                                    + " in another tool's layout as that tool does it, or put it alone into a file.");
                }
            }
        }
        pair.misplaced().ifPresent(statement -> {
            throw refused(
                    revision,
                    statement,
                    "Belay begins and ends the transaction itself. Only one pair around the whole script is left out."
                            + " Remove the statement.");
        });
    }

    private static void skipData(SqlStatement statement) {
        if (statement.copyData().isPresent()) {
            try {
                statement.copyData().get().close();
            } catch (IOException e) {
                throw new UnreadableScriptException(statement.origin(), e);
            }
        }
    }

    private static RevisionFailedException refused(String revision, SqlStatement statement, String why) {
        return new RevisionFailedException(
                revision,
                "Revision " + revision + " was refused before anything ran: " + statement.describe() + ". " + why,
                null);
    }
}
