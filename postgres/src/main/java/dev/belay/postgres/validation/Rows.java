package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Validator;
import java.util.List;

/** Checks of rows and their numbers. @since 0.1 */
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

    /**
     * Every row of every table is after the change what it was before, in all columns that are still there; exceptions are
     * declared by {@code except("audit.events", "public.users.name")}.
     *
     * <p>Each value is hashed inside the server, before the change and after it, in tables whose rows have a key together with
     * that key. Values of a column that got another type are compared as text.
     *
     * <p>Limitations:
     * <ul>
     *   <li>it reads every table twice, through one connection: meant for small databases and for copies;
     *   <li>on production, rows that the application writes in the meantime count as a difference: stop it, or declare them;
     *   <li>in a table without a primary key or a unique index without NULLs, values that only moved to other rows are not
     *       seen when columns were added or dropped;
     *   <li>outside of a run, as in {@code plan.validate()}, before and after are the same.
     * </ul>
     */
    public static PreservedRows preserved() {
        return new PreservedRows(List.of());
    }
}
