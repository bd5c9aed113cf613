package dev.belay.run;

import dev.belay.backup.BackupStrategy;
import dev.belay.context.RunContext;
import dev.belay.database.AuditTrail;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Journal;
import dev.belay.database.Observations;
import dev.belay.database.RunLock;
import dev.belay.database.SampleData;
import dev.belay.database.WriteCapture;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.testrun.TestRunStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A database together with all that Belay needs of its kind of server. {@code dev.belay.postgres.PostgresDatabase} is one.
 * Thread-safe.
 *
 * @since 0.1
 */
public interface Platform extends Database {
    /** Belay's own engine for this kind of server, or the tool that the revisions are of ({@link dev.belay.engine.EngineSource}). */
    MigrationEngine engine(RevisionSource revisions);

    /**
     * Looks at all that tells whether there is anything to do. With nothing pending it is all that a run asks of the server, so it is best
     * done in few round trips, and as of one instant. By default the parts are asked one after the other, the journal last.
     */
    default FirstLook look(MigrationEngine engine) throws SQLException {
        boolean leftovers = copies().hasLeftovers(this);
        RevisionGraph graph = engine.graph();
        EngineState state;
        try (Connection connection = connect()) {
            state = engine.state(connection); // by the graph that was just read
        }
        return new FirstLook(new FirstLook.Contents(state, graph), journal().read(this), leftovers);
    }

    /** The checks before a run. */
    Preflight preflight();

    /** How backups are taken where the plan says nothing. */
    BackupStrategy defaultBackup();

    /** On which copy a change is tried where the plan says nothing. */
    TestRunStrategy defaultTestRun();

    /** Databases beside this one. */
    Copies copies();

    /** Looks and compares. */
    Observations observations();

    /**
     * Makes all objects of this database in an empty one, without rows.
     *
     * @throws dev.belay.BelayException when that can't be done, for instance because a client program is missing
     */
    void copySchema(Database into, RunContext context);

    /** Makes up rows. */
    SampleData sampleData();

    /**
     * Begins to capture what is written to this database. By default it can't be done.
     *
     * @return empty where this kind of server has no way to do it
     * @throws SQLException when it has, and it failed; nothing is left behind
     */
    default Optional<WriteCapture> captureWrites(RunContext context) throws SQLException {
        return Optional.empty();
    }

    /**
     * Removes what captures of runs that were killed left in this database, with the run's lock held; applications go on writing. What
     * can't be removed now is noted, and stays for the next run. By default there is nothing.
     *
     * @param through the way to this database
     */
    default void removeCaptures(Database through, RunContext context) throws SQLException {}

    /** What the run under way is about to do. */
    Journal journal();

    /** The record of runs. */
    AuditTrail auditTrail();

    /**
     * Waits for the lock that makes runs on this database come one after the other. While it waits it says who holds it.
     *
     * @throws dev.belay.context.RunCancelledException when the run's time is over before
     */
    default RunLock lock(RunContext context) {
        return lock(context, () -> true).orElseThrow();
    }

    /**
     * As {@link #lock(RunContext)}, but comes back empty when, while another run has the lock, nothing is left to do.
     *
     * @param need asked every now and then, on the calling thread, as long as the lock is not free
     */
    Optional<RunLock> lock(RunContext context, Need need);

    /** Whether the lock is still needed. */
    @FunctionalInterface
    interface Need {
        /** Asks; what it throws is taken as yes. */
        boolean isThere() throws SQLException;
    }

    /** The lock if it is free; empty at once when it is not. */
    Optional<RunLock> tryLock(RunContext context);
}
