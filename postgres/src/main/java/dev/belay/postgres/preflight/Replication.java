package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at replication slots without a consumer, and standbys that lag. */
record Replication() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "replication",
            "replication slots without a consumer, and standbys that lag",
            "minor",
            "one query",
            "Drop the slot if nobody comes back for it; wait for the standby, as a big change adds to its lag.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    /** A standby on a quiet server reports no lag in time, only in bytes. */
    private static final String LAGGING = """
            WITH here AS MATERIALIZED (
                SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() END AS lsn)
            SELECT 'replication slot "' || slot_name || '" is inactive and holds back '
                   || pg_size_pretty(coalesce(pg_wal_lsn_diff(here.lsn, restart_lsn), 0)) || ' of WAL.' AS message
            FROM pg_replication_slots, here WHERE NOT active AND NOT temporary
            UNION ALL
            SELECT 'standby "' || application_name || '" lags by ' || pg_size_pretty(pg_wal_lsn_diff(here.lsn, replay_lsn))
                   || '.'
            FROM pg_stat_replication, here
            WHERE pg_wal_lsn_diff(here.lsn, replay_lsn) > 1024 * 1024 * 1024 OR replay_lag > interval '1 minute'
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        return situation.catalog().rows(LAGGING, row -> minor(Catalog.text(row, "message")));
    }
}
