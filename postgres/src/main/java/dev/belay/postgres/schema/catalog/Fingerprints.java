package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.FingerprintRows.PG_CLASS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Queries that make one value of all rows behind a snapshot, in the server, without a definition being written out. They take
 * the catalogs as the server has them, column by column: one that a later version adds is looked at from the start.
 */
public final class Fingerprints {
    /**
     * The catalogs and their columns, in order: the name of the catalog, that of the column, that of its type. What an
     * extension put beside them is left out.
     */
    public static final String SHAPES = """
            SELECT c.relname, a.attname, t.typname
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND c.relkind = 'r' AND NOT c.relisshared
              AND c.oid < 16384 AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY c.relname COLLATE "C", a.attnum
            """;

    /** What they hold is data, or may not be read by everybody, or holds secrets; of the last three see {@link #OTHERS}. */
    private static final Set<String> NOT_LOOKED_AT = Set.of(
            "pg_statistic",
            "pg_statistic_ext_data",
            "pg_largeobject",
            "pg_largeobject_metadata",
            "pg_subscription_rel",
            "pg_user_mapping",
            "pg_foreign_server",
            "pg_foreign_data_wrapper");

    /** What says nothing of the schema: it moves with the rows, with maintenance, or stays behind when a column goes. */
    private static final Map<String, Set<String>> SAY_NOTHING = Map.of(
            PG_CLASS,
            Set.of(
                    "relfilenode",
                    "relpages",
                    "reltuples",
                    "relallvisible",
                    "relallfrozen",
                    "reltoastrelid",
                    "relhasindex",
                    "relnatts",
                    "relhasrules",
                    "relhastriggers",
                    "relhassubclass",
                    "relrewrite",
                    "relfrozenxid",
                    "relminmxid"),
            "pg_attribute",
            Set.of("atthasmissing", "attmissingval", "attcacheoff"),
            "pg_index",
            Set.of("indcheckxmin"));

    /** Types without a hash function. */
    private static final Set<String> AS_TEXT = Set.of("pg_node_tree", "int2vector", "oidvector", "anyarray");

    /** What is shared by all databases, as far as a snapshot tells of it, and the options of TOAST tables. */
    private static final Map<String, String> OTHERS = Map.of(
            "toast",
            "SELECT c.oid, t.reloptions FROM pg_catalog.pg_class t JOIN pg_catalog.pg_class c ON c.reltoastrelid = t.oid"
                    + " WHERE t.relkind = 't' AND t.reloptions IS NOT NULL",
            "pg_roles",
            "SELECT r.oid, r.rolname FROM pg_catalog.pg_roles r",
            "pg_tablespace",
            "SELECT s.oid, s.spcname FROM pg_catalog.pg_tablespace s",
            "pg_shseclabel",
            "SELECT l.* FROM pg_catalog.pg_shseclabel l");

    /** A copy that the server made of its files has the same marks of writing until either is written to. */
    private static final String THIS_DATABASE =
            "SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()";

    /** The server writes a sequence's row as well when its owner changes, so that marks of writing need no look at this. */
    private static final String OWNED_SEQUENCES = """
            SELECT d.objid, d.refobjid, d.refobjsubid, d.deptype
            FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_sequence q ON q.seqrelid = d.objid
            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = d.classid
              AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            """;

    private static final String WRITTEN = "pg_catalog.hashtidextended(o.ctid, o.xmin::text::bigint)";

    private static final String ALL = """
            %s
            SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.string_agg(
                       pg_catalog.concat_ws(' ', f.catalog, f.rows, f.hash), ', ' ORDER BY f.catalog COLLATE "C"), 'UTF8')), 'hex')
            FROM (%s) f
            """;

    private Fingerprints() {}

    /**
     * Of what the rows say. Two equal values of one database, or of one and a copy that the server made of its files, mean
     * equal snapshots: all that the queries of a snapshot read is in it, each object by its number too.
     *
     * @param catalogs by the name of the catalog the names of its columns and of their types
     * @param version as in server_version_num
     */
    public static String ofContents(SortedMap<String, SortedMap<String, String>> catalogs, int version) {
        return query(catalogs, version, false);
    }

    /**
     * Of when and where the rows were written, which is quicker to read than what they say; of relations what they say, since
     * the server writes their rows also for a TRUNCATE or a REINDEX.
     *
     * @param catalogs as for {@link #ofContents}
     * @param version as in server_version_num
     */
    public static String ofWrites(SortedMap<String, SortedMap<String, String>> catalogs, int version) {
        return query(catalogs, version, true);
    }

    private static String query(SortedMap<String, SortedMap<String, String>> catalogs, int version, boolean writes) {
        List<String> parts = new ArrayList<>();
        catalogs.forEach((catalog, columns) -> {
            if (!NOT_LOOKED_AT.contains(catalog)) {
                String hash =
                        writes && !catalog.equals(PG_CLASS) ? WRITTEN : hash("ROW(" + contents(catalog, columns) + ")");
                String where = writes ? FingerprintRows.written(catalog) : FingerprintRows.compared(catalog);
                parts.add(part(catalog, hash, "pg_catalog." + catalog + " o", where));
            }
        });
        parts.add(
                writes
                        ? part("this database", hash("o"), "(" + THIS_DATABASE + ") o", "true")
                        : part("owned sequences", hash("o"), "(" + OWNED_SEQUENCES + ") o", "true"));
        OTHERS.forEach((name, sql) -> parts.add(part(name, hash("o"), "(" + sql + ") o", "true")));
        List<CatalogQuery> guarded = new ArrayList<>(ForeignData.queries());
        guarded.add(Replication.subscriptions(version));
        guarded.forEach(query -> parts.add(part(query.kind(), hash("o"), "(" + query.sql() + ") o", "true")));
        return ALL.formatted(FingerprintRows.LEFT_OUT, String.join("\nUNION ALL\n", parts));
    }

    private static String contents(String catalog, SortedMap<String, String> columns) {
        List<String> values = new ArrayList<>();
        columns.forEach((column, type) -> {
            if (!SAY_NOTHING.getOrDefault(catalog, Set.of()).contains(column)) {
                values.add("o." + column + (AS_TEXT.contains(type) ? "::text" : ""));
            }
        });
        return String.join(", ", values);
    }

    /**
     * hash_record_extended adds up the hashes of the columns: in a sum over rows, values that changed places between rows would
     * go unseen. The hash over its result ends that; over its text, as the hash of a bigint has 32 bits.
     */
    private static String hash(String row) {
        return "pg_catalog.hashtextextended(pg_catalog.hash_record_extended(" + row + ", 0)::text, 0)";
    }

    private static String part(String name, String hash, String from, String where) {
        return "SELECT '" + name + "' AS catalog, pg_catalog.count(*) AS rows, pg_catalog.sum(" + hash
                + ") AS hash FROM " + from + " WHERE " + where;
    }
}
