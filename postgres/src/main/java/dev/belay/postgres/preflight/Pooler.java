package dev.belay.postgres.preflight;

import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.connection.internal.TransactionPooler;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at whether a pooler stands between Belay and the server. */
record Pooler() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "connection-pooler",
            "whether a pooler stands between Belay and the server",
            "critical in transaction mode when pg_dump takes the backup, else minor",
            "none of its own; behind a pooler two connections",
            "Give Belay the server's own URL: behind a pooler in transaction mode settings of a session don't hold, and pg_dump's"
                    + " stay on sessions that others get next.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    /** A pooler gives out a key of its own at the start of a session, with a pid that no backend has. */
    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        int announced = TransactionPooler.announced(situation.connection());
        if (announced == situation.facts().backendPid()) {
            return List.of();
        }
        PostgresEndpoint database = PostgresEndpoint.of(situation.context().database());
        if (!TransactionPooler.isBefore(database)) {
            return List.of(minor("the connection goes through a pooler, such as PgBouncer, in session mode."));
        }
        String what = database.location() + " is reached through a pooler in transaction mode";
        return situation.dump().isPresent()
                ? List.of(critical(what + ", where pg_dump must not be used.", about().wayOut()))
                : List.of(minor(what + "."));
    }
}
