package dev.belay.postgres.schema.catalog;

import java.util.Map;

/**
 * Which rows of a catalog a fingerprint is made of. Left out is what no snapshot tells of and what comes and goes by itself:
 * temporary objects of sessions, and TOAST tables, which stay when the column that needed one is dropped.
 */
final class FingerprintRows {
    static final String PG_CLASS = "pg_class";

    private static final String OF_SESSIONS =
            "(SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname ~ '^pg_(toast_)?temp_')";

    /** Looked up once for all catalogs. */
    static final String LEFT_OUT = """
            WITH temporary AS MATERIALIZED (SELECT t.oid FROM pg_catalog.pg_class t WHERE t.relpersistence = 't'),
                 toast AS MATERIALIZED (SELECT t.oid FROM pg_catalog.pg_class t
                                        WHERE t.relnamespace = 'pg_toast'::pg_catalog.regnamespace)""";

    private static final String NOT_TEMPORARY = " NOT IN (SELECT t.oid FROM temporary t)";

    private static final String NOT_TOAST = " NOT IN (SELECT t.oid FROM toast t)";

    /**
     * Most of pg_depend follows from the other catalogs. What doesn't: members of extensions, those of operator families and
     * classes, the functions of a range (each found by an index), and whose a sequence is, which {@link Fingerprints} adds.
     */
    private static final String DEPENDENCIES = """
            (o.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
             OR o.classid IN ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
             OR o.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND o.deptype = 'i')""";

    private static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry(PG_CLASS, "o.relpersistence <> 't' AND o.relnamespace <> 'pg_toast'::pg_catalog.regnamespace"),
            Map.entry(
                    "pg_attribute", // not by the index on both, which the planner would take and which is slower for
                    // most of the rows
                    "o.attnum + 0 > 0 AND NOT o.attisdropped AND o.attrelid" + NOT_TEMPORARY),
            Map.entry("pg_index", "o.indrelid" + NOT_TEMPORARY),
            Map.entry("pg_attrdef", "o.adrelid" + NOT_TEMPORARY),
            Map.entry("pg_constraint", "o.connamespace NOT IN " + OF_SESSIONS),
            Map.entry("pg_type", "o.typnamespace NOT IN " + OF_SESSIONS),
            Map.entry("pg_trigger", "o.tgrelid" + NOT_TEMPORARY),
            Map.entry("pg_rewrite", "o.ev_class" + NOT_TEMPORARY),
            Map.entry("pg_sequence", "o.seqrelid" + NOT_TEMPORARY),
            Map.entry("pg_inherits", "o.inhrelid" + NOT_TEMPORARY),
            Map.entry("pg_namespace", "o.nspname !~ '^pg_(toast_)?temp_'"),
            Map.entry("pg_depend", DEPENDENCIES));

    private static final Map<String, String> TOAST =
            Map.of("pg_attribute", " AND o.attrelid" + NOT_TOAST, "pg_index", " AND o.indrelid" + NOT_TOAST);

    private FingerprintRows() {}

    /** By which rows a write is known. */
    static String written(String catalog) {
        return ROWS.getOrDefault(catalog, "true");
    }

    /** Whose contents are compared: a TOAST table is only written when the table is, but stays. */
    static String compared(String catalog) {
        return written(catalog) + TOAST.getOrDefault(catalog, "");
    }
}
