package dev.belay.postgres.liquibase;

import dev.belay.postgres.revision.SafeError;
import java.sql.SQLException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.LockException;
import liquibase.exception.ValidationFailedException;
import org.jspecify.annotations.Nullable;

/** What of Liquibase's exceptions can be shown: their messages quote the failed SQL, with its literals. */
final class Failure {
    private Failure() {}

    /** Without a dot at its end. */
    static String describe(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return SafeError.describe(sql, "");
            }
            if (at instanceof ValidationFailedException || at instanceof LockException) {
                return String.join(
                        " ",
                        String.valueOf(at.getMessage())
                                .lines()
                                .map(String::strip)
                                .toList());
            }
        }
        Throwable last = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            last = at instanceof LiquibaseException ? at : last;
        }
        String words = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
        int sql = words.indexOf("[Failed SQL");
        return last.getClass().getSimpleName() + ": "
                + (sql < 0 ? words : words.substring(0, sql).strip());
    }

    static @Nullable SQLException sql(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
