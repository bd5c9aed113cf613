package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.SqlLiteral;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table's columns, and those of them that tell its rows apart.
 *
 * @param table qualified, quoted where needed
 * @param columns in their order
 * @param key the numbers of the primary key's columns, else of a unique index without NULLs; empty where there is none
 */
record Shape(String table, List<Column> columns, List<Integer> key) {
    /**
     * A column.
     *
     * @param number its number in its table, which outlives a renaming
     * @param name quoted where needed
     * @param type as declared
     * @param plain a type of the server's own, whose copy keeps no revision from dropping anything
     * @param collated whether its values have a collation
     * @param generated it is computed from others
     * @param always only the server gives it values (GENERATED ALWAYS AS IDENTITY)
     */
    record Column(
            int number, String name, String type, boolean plain, boolean collated, boolean generated, boolean always) {
        /** A copy of its value: of what a revision may drop, a type or a collation, the copy must not depend. */
        String copied() {
            if (!plain) {
                return "cast(t." + name + " as pg_catalog.text) collate pg_catalog.\"C\"";
            }
            return collated ? "t." + name + " collate pg_catalog.\"C\"" : "t." + name;
        }
    }

    static Optional<Shape> of(Server server, String table) throws FailedStatement {
        String oid = "pg_catalog.to_regclass(" + SqlLiteral.text(table) + ")";
        if (!server.yes("select exists (select from pg_catalog.pg_class where oid = " + oid + " and relkind = 'r')")) {
            return Optional.empty();
        }
        List<Column> columns = server.list(
                """
                select a.attnum, pg_catalog.quote_ident(a.attname), pg_catalog.format_type(a.atttypid, a.atttypmod),
                       t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace and t.typtype = 'b' and t.typname !~ '^_?reg',
                       a.attcollation <> 0, a.attgenerated <> '', a.attidentity = 'a'
                from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
                where a.attnum > 0 and not a.attisdropped and a.attrelid = %s order by a.attnum
                """.formatted(oid),
                row -> new Column(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7)));
        List<List<Integer>> keys = server.list(
                """
                select (i.indkey::int2[])[0 : i.indnkeyatts - 1]::int[] from pg_catalog.pg_index i
                where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
                  and not exists (select from pg_catalog.pg_attribute a where a.attrelid = i.indrelid
                                  and a.attnum = any (i.indkey[0 : i.indnkeyatts - 1]) and not a.attnotnull)
                  and i.indrelid = %s order by i.indisprimary desc, i.indnkeyatts, i.indexrelid limit 1
                """.formatted(oid),
                row -> Arrays.asList((Integer[]) row.getArray(1).getArray()));
        return Optional.of(new Shape(table, columns, keys.isEmpty() ? List.of() : keys.get(0)));
    }

    Optional<Column> numbered(int number) {
        return columns.stream().filter(column -> column.number() == number).findFirst();
    }

    Optional<Column> named(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
