package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at prepared transactions of this database. */
record PreparedTransactions() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "prepared-transactions",
            "prepared transactions of this database",
            "critical when older than an hour, else minor",
            "one query",
            "COMMIT PREPARED or ROLLBACK PREPARED: they hold locks and no one may rename the database.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    private static final String PREPARED = """
            SELECT owner, extract(epoch FROM now() - prepared)::bigint AS seconds
            FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared LIMIT 10
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        return situation.catalog().rows(PREPARED, row -> {
            long seconds = Catalog.number(row, "seconds");
            String message = "a transaction of role \"" + Catalog.text(row, "owner") + "\" has been prepared for "
                    + seconds + " s.";
            return seconds > 3600 ? critical(message, ABOUT.wayOut()) : minor(message);
        });
    }
}
