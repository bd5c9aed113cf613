package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Record;

/**
 * A foreign key as the catalog describes it.
 *
 * @param name the constraint's
 * @param child the referring table, qualified and quoted; {@code parent} the referred one
 * @param childOnly whether rows of inheriting tables are no rows of it, as for every table that isn't partitioned
 * @param matchFull whether a key that is null in part is a violation
 * @param temporal whether the last column is a period
 * @param bytes the size of the referring table
 * @param columns the pairs of columns
 */
record ForeignKey(
        String name,
        String child,
        boolean childOnly,
        String parent,
        boolean parentOnly,
        boolean matchFull,
        boolean temporal,
        long bytes,
        List<Column> columns) {

    /** A column of each side, the operator that the server itself compares them with, and the collation it uses. */
    record Column(String child, String parent, String operator, String collation) {}

    /**
     * A key of a partition is the root's, as is each that the server keeps for a partition of the referred table; columns that
     * older servers don't have are read by name from the row as JSON.
     */
    private static final String ALL = """
            SELECT con.conname AS name, con.confmatchtype = 'f' AS match_full,
                   format('%I.%I', cn.nspname, c.relname) AS child, c.relkind <> 'p' AS child_only,
                   format('%I.%I', pn.nspname, p.relname) AS parent, p.relkind <> 'p' AS parent_only,
                   coalesce((to_jsonb(con) ->> 'conperiod')::boolean, false) AS temporal,
                   coalesce((SELECT sum(pg_relation_size(t.relid)) FROM pg_partition_tree(con.conrelid) t),
                            pg_relation_size(con.conrelid))::bigint AS bytes,
                   k.children, k.parents, k.operators, k.collations
            FROM pg_constraint con
            JOIN pg_class c ON c.oid = con.conrelid
            JOIN pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_class p ON p.oid = con.confrelid
            JOIN pg_namespace pn ON pn.oid = p.relnamespace
            CROSS JOIN LATERAL (
                SELECT array_agg(quote_ident(ca.attname) ORDER BY u.n) AS children,
                       array_agg(quote_ident(pa.attname) ORDER BY u.n) AS parents,
                       array_agg(format('OPERATOR(%I.%s)', opn.nspname, op.oprname) ORDER BY u.n) AS operators,
                       array_agg(CASE WHEN pa.attcollation NOT IN (0, ca.attcollation)
                           THEN (SELECT format(' COLLATE %I.%I', con.nspname, co.collname) FROM pg_collation co
                                 JOIN pg_namespace con ON con.oid = co.collnamespace WHERE co.oid = pa.attcollation)
                           ELSE '' END ORDER BY u.n) AS collations
                FROM unnest(con.conkey, con.confkey, con.conpfeqop) WITH ORDINALITY AS u(child, parent, operator, n)
                JOIN pg_attribute ca ON ca.attrelid = con.conrelid AND ca.attnum = u.child
                JOIN pg_attribute pa ON pa.attrelid = con.confrelid AND pa.attnum = u.parent
                JOIN pg_operator op ON op.oid = u.operator
                JOIN pg_namespace opn ON opn.oid = op.oprnamespace) k
            WHERE con.contype = 'f' AND coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true)
              AND CASE WHEN cardinality(?::text[]) = 0 THEN con.conparentid = 0
                  ELSE con.conrelid IN (SELECT to_regclass(t) FROM unnest(?::text[]) t)
                      AND NOT EXISTS (SELECT FROM pg_constraint up WHERE up.oid = con.conparentid AND up.conrelid = con.conrelid)
                  END
            ORDER BY bytes DESC, child, name
            """;

    /** The keys of these tables, of all tables when there is none; the biggest first. */
    static List<ForeignKey> of(Connection connection, List<String> tables) throws SQLException {
        String[] names = tables.toArray(String[]::new);
        return new Catalog(connection).rows(ALL, ForeignKey::from, names, names);
    }

    private static ForeignKey from(Record row) {
        List<String> children = Catalog.texts(row, "children");
        List<String> parents = Catalog.texts(row, "parents");
        List<String> operators = Catalog.texts(row, "operators");
        List<String> collations = Catalog.texts(row, "collations");
        return new ForeignKey(
                Catalog.text(row, "name"),
                Catalog.text(row, "child"),
                Catalog.flag(row, "child_only"),
                Catalog.text(row, "parent"),
                Catalog.flag(row, "parent_only"),
                Catalog.flag(row, "match_full"),
                Catalog.flag(row, "temporal"),
                Catalog.number(row, "bytes"),
                IntStream.range(0, children.size())
                        .mapToObj(i -> new Column(children.get(i), parents.get(i), operators.get(i), collations.get(i)))
                        .toList());
    }

    /** Counts the orphans: keys that find no row, and with MATCH FULL those that are null in part. */
    String countOfOrphans() {
        String unmatched = "(SELECT count(*) " + unmatched() + ")";
        return "SELECT " + unmatched
                + (matchFull && columns.size() > 1 ? " + (SELECT count(*) " + nullInPart() + ")" : "");
    }

    /** Shows the orphans, for the way out. */
    String query() {
        return "SELECT c.* " + unmatched();
    }

    private String unmatched() {
        String match = columns.stream()
                .map(column ->
                        "p." + column.parent() + " " + column.operator() + " c." + column.child() + column.collation())
                .collect(Collectors.joining(" AND "));
        String given = columns.stream()
                .map(column -> "c." + column.child() + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return fromChild() + " WHERE " + given + " AND NOT EXISTS (SELECT FROM " + (parentOnly ? "ONLY " : "") + parent
                + " p WHERE " + match + ")";
    }

    private String nullInPart() {
        String keys = columns.stream().map(column -> "c." + column.child()).collect(Collectors.joining(", "));
        return fromChild() + " WHERE num_nulls(" + keys + ") BETWEEN 1 AND " + (columns.size() - 1);
    }

    private String fromChild() {
        return "FROM " + (childOnly ? "ONLY " : "") + child + " c";
    }
}
