package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.util.ArrayList;
import java.util.List;

/** Looks at the connections that are left under max_connections and the limits of the database and the role. */
record FreeConnections() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "free-connections",
            "the connections that are left under max_connections and the limits of the database and the role",
            "critical when fewer than the run needs",
            "none of its own",
            "End idle sessions, shrink the application's pools, or raise the limit.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    /** The lock, the engine, the watcher of blockers, validators, and a maintenance connection: seen at once in a run. */
    private static final int OWN = 6;

    @Override
    public List<Finding> look(Situation situation) {
        var facts = situation.facts();
        int needed = OWN + situation.dump().map(LocalDump::connections).orElse(0);
        long reserved = facts.superuser() ? 0 : facts.reservedConnections();
        List<Finding> findings = new ArrayList<>();
        compare(findings, "the server", facts.maxConnections() - reserved, facts.connections(), needed);
        if (!facts.superuser()) {
            compare(findings, "the database", facts.databaseLimit(), facts.databaseConnections(), needed);
            compare(findings, "role \"" + facts.role() + "\"", facts.roleLimit(), facts.roleConnections(), needed);
        }
        return findings;
    }

    private void compare(List<Finding> findings, String whose, long limit, long used, int needed) {
        if (limit >= 0 && limit - used < needed) {
            findings.add(critical(
                    whose + " has " + Math.max(0, limit - used) + " connections left of " + limit
                            + "; the run needs up to " + needed + ".",
                    ABOUT.wayOut()));
        }
    }
}
