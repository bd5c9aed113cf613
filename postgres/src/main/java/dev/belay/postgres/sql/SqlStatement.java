package dev.belay.postgres.sql;

import java.io.Reader;
import java.util.Objects;
import java.util.Optional;

/**
 * One statement of a script.
 *
 * <p>Immutable, but for the data of a COPY, which can be read once.
 *
 * @param text from the first token to the last: without the semicolon that ends it and without the comments and blanks
 *     around it, those inside are kept
 * @param origin the name of the script
 * @param line the line of the first token, the first line of a script being 1
 * @param index the place in the script, the first statement being 1
 * @param copyData for {@code COPY ... FROM STDIN}, its inline data without the final {@code \.}; to be read to its end,
 *     or closed, before the next statement is asked for
 * @since 0.1
 */
public record SqlStatement(String text, String origin, int line, int index, Optional<Reader> copyData) {
    /** Checks that nothing is missing and that the numbers count from 1. */
    public SqlStatement {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(copyData, "copyData");
        if (text.isBlank()) {
            throw new IllegalArgumentException("text is blank: there is no statement in it");
        }
        if (index < 1) {
            throw new IllegalArgumentException("index is " + index + "; the first statement is 1");
        }
    }

    /** A statement that stands for itself, as number 1 of a script of one line. */
    public static SqlStatement of(String text) {
        return new SqlStatement(text, "a statement", 1, 1, Optional.empty());
    }

    /**
     * The first words, up to some 60 characters, on one line and without comments; in place of every string, number
     * and dollar-quoted body, and of the value of a {@code SET}, stands an ellipsis. Fit to be logged.
     */
    public String summary() {
        return StatementSummary.of(text);
    }

    /** Where the statement stands and what it is, fit to be logged: {@code V2.sql:14 (statement 3: DROP TABLE t)}. */
    public String describe() {
        return origin + ":" + line + " (statement " + index + ": " + summary() + ")";
    }

    /**
     * Whether the statement begins or ends a transaction or a savepoint: BEGIN, START TRANSACTION, COMMIT, END,
     * ROLLBACK, ABORT, SAVEPOINT, RELEASE, PREPARE TRANSACTION and their relatives.
     */
    public boolean isTransactionControl() {
        return StatementWords.of(text).isTransactionControl();
    }

    /**
     * Whether the server is known to refuse the statement inside a transaction block, such as
     * {@code CREATE INDEX CONCURRENTLY} or {@code VACUUM}. A hint for an early message, drawn from the keywords; the
     * server has the last word: procedures that commit, subscriptions with a slot and the like are not recognised.
     */
    public boolean cannotRunInTransaction() {
        return StatementWords.of(text).cannotRunInTransaction();
    }

    /**
     * The name of the index that {@code CREATE INDEX CONCURRENTLY} makes, as the catalog will hold it (folded, at most
     * 63 bytes); empty for every other statement, where the server is left to choose the name, and for a name written
     * as {@code U&"..."}. The index lies in the schema of its table: see {@link #concurrentIndexTable()}.
     */
    public Optional<String> concurrentIndexName() {
        return StatementWords.of(text).concurrentIndexName();
    }

    /**
     * The table that {@code CREATE INDEX CONCURRENTLY} indexes, as it is written there, schema and quotes included:
     * what {@code to_regclass} takes. Empty for every other statement.
     */
    public Optional<String> concurrentIndexTable() {
        return StatementWords.of(text).concurrentIndexTable();
    }
}
