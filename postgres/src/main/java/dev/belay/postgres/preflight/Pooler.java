package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** Looks at whether a pooler stands between Belay and the server. */
record Pooler() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "connection-pooler",
            "whether a pooler stands between Belay and the server",
            "minor",
            "none of its own",
            "Give Belay the server's own address: behind a transaction pooler session settings and locks don't hold.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    /** A pooler gives out a key of its own at the start of a session, with a pid that no backend has. */
    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        int announced = situation.connection().unwrap(PGConnection.class).getBackendPID();
        return announced == situation.facts().backendPid()
                ? List.of()
                : List.of(minor("the connection goes through a pooler, such as PgBouncer."));
    }
}
