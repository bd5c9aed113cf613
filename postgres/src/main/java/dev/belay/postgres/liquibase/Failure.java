package dev.belay.postgres.liquibase;

import dev.belay.postgres.revision.SafeError;
import java.sql.SQLException;
import java.util.Optional;
import liquibase.exception.LiquibaseException;
import liquibase.exception.LockException;
import liquibase.exception.ValidationFailedException;

/** What of Liquibase's exceptions can be shown: their messages quote the failed SQL, with its literals. */
final class Failure {
    private Failure() {}

    /** Without a dot at its end. */
    static String describe(Throwable failure) {
        Optional<SQLException> sql = SafeError.behind(failure);
        if (sql.isPresent()) {
            return SafeError.describe(sql.get(), "");
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
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
        int quoted = words.indexOf("[Failed SQL");
        return last.getClass().getSimpleName() + ": "
                + (quoted < 0 ? words : words.substring(0, quoted).strip());
    }
}
