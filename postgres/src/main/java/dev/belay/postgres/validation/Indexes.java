package dev.belay.postgres.validation;

import dev.belay.validation.Validator;

/** Checks of indexes. @since 0.1 */
public final class Indexes {
    /** A concurrent build that goes on in another session is no invalid index yet. */
    static final String INVALID = """
            SELECT format('%I.%I', n.nspname, c.relname) AS object, 'index ' || format('%I.%I', n.nspname, c.relname)
                   || ' of ' || format('%I.%I', tn.nspname, t.relname) AS label
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)
              AND tn.nspname <> 'pg_toast' AND NOT pg_is_other_temp_schema(tn.oid)
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            ORDER BY label
            """;

    private Indexes() {}

    /**
     * No index is invalid, as a concurrent build that failed leaves one behind. One that was invalid before the change already
     * is a minor finding. Takes no lock.
     */
    public static Validator areValid() {
        return new NothingNewIn(
                "Indexes.areValid",
                INVALID,
                "is invalid: queries don't use it, writes pay for it.",
                "Run REINDEX INDEX CONCURRENTLY, or drop it and build it again.");
    }
}
