package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at transactions older than a minute, and idle ones older than 10 seconds that hold locks on tables. */
record BusySessions() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "busy-sessions",
            "transactions older than a minute, and idle ones older than 10 seconds that hold locks on tables",
            "minor",
            "one query of the sessions and their locks",
            "Let them end, or end them: a change of the tables they use waits for them.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    private static final String BUSY = """
            SELECT a.pid, coalesce(a.usename, '') AS role, coalesce(a.application_name, '') AS application, a.state,
                   extract(epoch FROM now() - a.xact_start)::bigint AS seconds
            FROM pg_stat_activity a
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
              AND (a.xact_start < now() - interval '1 minute'
                   OR (a.state LIKE 'idle in transaction%' AND a.state_change < now() - interval '10 seconds'
                       AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'relation'
                           AND l.relation >= 16384)))
            ORDER BY a.xact_start
            LIMIT 10
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        List<Finding> findings = new ArrayList<>(situation
                .catalog()
                .rows(
                        BUSY,
                        row -> minor("session "
                                + Catalog.number(row, "pid") + " of role \"" + Catalog.text(row, "role")
                                + "\" (application \""
                                + Catalog.text(row, "application") + "\", " + Catalog.text(row, "state")
                                + ") has been in a transaction for "
                                + Catalog.number(row, "seconds") + " s.")));
        if (!situation.facts().seesSessions()) {
            findings.add(minor("sessions of other roles can't be seen. Grant pg_read_all_stats to see them."));
        }
        return findings;
    }
}
