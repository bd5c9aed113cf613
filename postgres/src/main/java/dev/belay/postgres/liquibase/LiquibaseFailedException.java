package dev.belay.postgres.liquibase;

import dev.belay.engine.RevisionFailedException;
import dev.belay.postgres.revision.SafeError;

/** Liquibase failed; the changesets before were committed. @since 0.1 */
public final class LiquibaseFailedException extends RevisionFailedException {
    private static final long serialVersionUID = 1L;

    LiquibaseFailedException(String changeset, String problem, Throwable cause) {
        super(
                changeset,
                (changeset.isEmpty() ? "Liquibase failed: " : "Changeset " + changeset + " failed: ") + problem + ".",
                safe(cause));
    }

    /** The same failure, of a changeset. */
    LiquibaseFailedException(String changeset, LiquibaseFailedException failure) {
        super(
                changeset,
                String.valueOf(failure.getMessage())
                        .replaceFirst(
                                "^Liquibase failed",
                                "Changeset " + java.util.regex.Matcher.quoteReplacement(changeset) + " failed"),
                failure.getCause());
    }

    private static Throwable safe(Throwable cause) {
        return SafeError.behind(cause)
                .<Throwable>map(sql -> SafeError.sanitized(sql, ""))
                .orElseGet(() -> new IllegalStateException(cause.getClass().getName()));
    }
}
