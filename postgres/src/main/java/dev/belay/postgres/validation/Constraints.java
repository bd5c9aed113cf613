package dev.belay.postgres.validation;

import dev.belay.validation.Validator;

/** Checks of constraints. @since 0.1 */
public final class Constraints {
    /** Columns that older servers don't have are read by name from the row as JSON. */
    static final String UNVALIDATED = """
            SELECT format('%I.%I', n.nspname, t.relname) || ' ' || quote_ident(con.conname) AS object,
                   'constraint "' || con.conname || '" of ' || format('%I.%I', n.nspname, t.relname) AS label
            FROM pg_constraint con
            JOIN pg_class t ON t.oid = con.conrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE NOT con.convalidated AND con.conparentid = 0
              AND coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true)
            ORDER BY label
            """;

    private Constraints() {}

    /**
     * No constraint is {@code NOT VALID}. One that was so before the change already is a minor finding. Takes no lock and reads
     * no row: it looks at what the catalog says; see {@link ForeignKeys#hold()} for the rows.
     */
    public static Validator areValidated() {
        return new NothingNewIn(
                "Constraints.areValidated",
                UNVALIDATED,
                "is NOT VALID: rows from before it may break it.",
                "Run ALTER TABLE … VALIDATE CONSTRAINT, in a revision of its own.");
    }
}
