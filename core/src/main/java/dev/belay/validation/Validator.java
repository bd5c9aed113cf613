package dev.belay.validation;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Looks at a database after a change and says what is wrong with it. Implement {@link #validate}; the rest has defaults.
 *
 * <p>Must be thread-safe and change nothing. It runs on the copy, then on production: inside the transaction before its
 * commit where that is possible, else after.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Validator {
    /**
     * What is wrong; empty when nothing is. An exception counts as a critical finding.
     *
     * @throws SQLException when a query fails
     */
    List<Finding> validate(ValidationContext context) throws SQLException;

    /** The name in reports; the default is the class's simple name. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** What to remember of the database before the change, for {@link ValidationContext#remembered()}; nothing by default. */
    default Map<String, String> remember(ValidationContext context) throws SQLException {
        return Map.of();
    }

    /** Whether it can only look at committed changes, as a health endpoint does; false by default. */
    default boolean needsCommit() {
        return false;
    }

    /** Whether it makes sense on a copy; true by default. */
    default boolean runsOnCopy() {
        return true;
    }

    /**
     * Whether it must hold whatever is applied, as "no foreign key has orphans" does; such a validator is asked again after
     * a rollback. False by default: a check of what the change brings can't hold once the change is undone.
     */
    default boolean isInvariant() {
        return false;
    }

    /** The same validator with findings that are reported and never roll back. */
    default Validator minor() {
        return new Reworded(this, true, false);
    }

    /** The same validator, run only after the commit. */
    default Validator afterCommit() {
        return new Reworded(this, false, true);
    }
}
