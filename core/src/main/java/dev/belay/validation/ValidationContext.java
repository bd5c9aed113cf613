package dev.belay.validation;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** What a validator is passed. @since 0.1 */
public interface ValidationContext extends RunContext {
    /** When a validator runs. */
    enum Phase {
        /** Before the change, so that something can be remembered. */
        BEFORE,
        /** On the copy, after the change. */
        COPY,
        /** On production, inside the transaction, before its commit: only {@link #connection()} sees the change. */
        IN_TRANSACTION,
        /** On production, with everything committed. */
        COMMITTED,
        /** On production, after a rollback. */
        ROLLED_BACK
    }

    /** When this is. */
    Phase phase();

    /** The database that is looked at. */
    Database database();

    /** The connection to look through. It stays Belay's: don't commit, roll back or close it. */
    Connection connection();

    /**
     * How many connections of its own a validator may open; 0 where only {@link #connection()} sees the change, which is so
     * in {@link Phase#IN_TRANSACTION}.
     */
    int parallelism();

    /** The applied heads that the database should show now; empty where there is no expectation. */
    List<String> expectedHeads();

    /** What the database says is applied, as {@link #connection()} sees it. */
    EngineState state() throws java.sql.SQLException;

    /** What this validator remembered before the change; empty where it remembered nothing. */
    Map<String, String> remembered();
}
