package dev.belay.testkit.fault;

import java.util.Locale;
import java.util.Objects;

/**
 * A message of a run to the server that can change something.
 *
 * @param number counted from 1, over all sessions of the run
 * @param kind what it is
 * @param session the session's number, counted from 1 in the order of connecting
 * @param database the database that the session is in
 * @param words how it begins, without literals
 * @since 0.1
 */
public record Act(int number, Kind kind, int session, String database, String words) {
    /** What an act is; the order is that of importance. */
    public enum Kind {
        /** It ends a transaction: from then on it can't be taken back by the server. */
        COMMIT,
        /** It writes to Belay's own schema: the history, the progress, the audit trail, the journal. */
        RECORD,
        /** It moves rows, in either direction: {@code COPY}, and the end of its data. */
        COPY,
        /** It changes anything else. */
        CHANGE
    }

    /** Checks. */
    public Act {
        if (number < 1) {
            throw new IllegalArgumentException("number: acts are counted from 1, this is " + number);
        }
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(words, "words");
    }

    /** Whether the server works on it for long while it waits for others, as {@code CREATE INDEX CONCURRENTLY} does. */
    boolean isConcurrent() {
        return words.toLowerCase(Locale.ROOT).contains(" concurrently");
    }

    /** For a person, such as {@code #12 in orders: ALTER TABLE members ADD COLUMN age int}. */
    @Override
    public String toString() {
        return "#" + number + " in " + database + ": " + words;
    }
}
