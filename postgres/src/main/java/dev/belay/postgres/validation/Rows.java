package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Validator;

/** Checks of the numbers of rows. @since 0.1 */
public final class Rows {
    private Rows() {}

    /**
     * Each table has exactly as many rows after the change as before. Counted exactly, also on the copy, there with the copy's
     * own before.
     *
     * <p>Limitations:
     * <ul>
     *   <li>on production, rows that the application adds or removes in the meantime count as a difference: stop it, or use
     *       {@link #notFewerIn};
     *   <li>outside of a run, as in {@code plan.validate()}, before and after are the same.
     * </ul>
     *
     * @throws IllegalArgumentException when a name is blank or there twice
     */
    public static Validator unchangedIn(String first, String... others) {
        return new RowCounts("Rows.unchangedIn", Names.checked("Rows.unchangedIn", first, others), false);
    }

    /**
     * No table has fewer rows after the change than before; more are fine. Otherwise as {@link #unchangedIn}.
     *
     * @throws IllegalArgumentException when a name is blank or there twice
     */
    public static Validator notFewerIn(String first, String... others) {
        return new RowCounts("Rows.notFewerIn", Names.checked("Rows.notFewerIn", first, others), true);
    }
}
