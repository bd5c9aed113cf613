package dev.belay.database;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The record of runs inside the database; append-only. Thread-safe. @since 0.1 */
public interface AuditTrail {
    /**
     * One entry.
     *
     * @param runId the run
     * @param at when
     * @param event for instance {@code run-started}, {@code step-passed}, {@code backup-skipped}, {@code run-ended}
     * @param details names and values, without secrets and row data
     */
    record Entry(String runId, Instant at, String event, Map<String, String> details) {}

    /** Writes entries in this order, in a transaction of their own. */
    void write(Database database, List<Entry> entries) throws SQLException;

    /** Whether the trail says that a run has ended. */
    boolean hasEnded(Database database, String runId) throws SQLException;

    /** Copies into {@code restored} what {@code kept} has and it has not, so that the trail survives a restore. */
    void carryOver(Database kept, Database restored) throws SQLException;
}
