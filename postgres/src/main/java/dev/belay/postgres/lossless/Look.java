package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every table at one instant of a transaction, as the server counts and lists it: two of them tell which tables a step may
 * have taken something from, whatever its statements were.
 */
final class Look {
    /** Ordinary tables and leaf partitions; not what an extension made. The counters are of this transaction. */
    private static final String TABLES = """
            select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relfilenode,
                   array(select a.attnum::int from pg_catalog.pg_attribute a
                         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                   pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid), pg_catalog.pg_stat_get_xact_tuples_updated(c.oid),
                   pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema', 'belay') and n.nspname !~ '^pg_toast'
              and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                              and d.objid = c.oid and d.deptype = 'e')
            """;

    private final Map<Long, Seen> byOid;
    private final boolean counted;

    /**
     * A table.
     *
     * @param name qualified, quoted where needed
     * @param file another one after a rewrite or TRUNCATE
     * @param columns the numbers of its columns, which outlive a renaming
     */
    record Seen(long oid, String name, long file, Set<Integer> columns, long inserted, long updated, long deleted) {}

    private Look(Map<Long, Seen> byOid, boolean counted) {
        this.byOid = byOid;
        this.counted = counted;
    }

    static Look at(Server server) throws FailedStatement {
        Map<Long, Seen> tables = new LinkedHashMap<>();
        List<Seen> seen = server.list(TABLES, row -> {
            Integer[] columns = (Integer[]) row.getArray(4).getArray();
            return new Seen(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    Set.copyOf(Arrays.asList(columns)),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7));
        });
        seen.forEach(table -> tables.put(table.oid(), table));
        return new Look(tables, server.yes("select pg_catalog.current_setting('track_counts')::boolean"));
    }

    /** The same where nothing is known of what was written. */
    Look withoutCounters() {
        return new Look(byOid, false);
    }

    Optional<Seen> table(long oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    Optional<Seen> named(String name) {
        return byOid.values().stream()
                .filter(table -> table.name().equals(name))
                .findFirst();
    }

    /** The names, as they were in this look, of the tables from which something may be gone in a later one. */
    Set<String> losersUntil(Look later) {
        Set<String> names = new LinkedHashSet<>();
        for (Seen before : byOid.values()) {
            Optional<Seen> after = later.table(before.oid());
            if (!counted || after.isEmpty() || mayHaveLost(before, after.get())) {
                names.add(before.name());
            }
        }
        return names;
    }

    private static boolean mayHaveLost(Seen before, Seen after) {
        return before.file() != after.file()
                || !after.columns().containsAll(before.columns())
                || after.updated() > before.updated()
                || after.deleted() > before.deleted();
    }

    /** The names, as they are in the later look, of the tables that got rows or values: what was taken may be there. */
    Set<String> gainersUntil(Look later) {
        Set<String> names = new LinkedHashSet<>();
        for (Seen after : later.byOid.values()) {
            if (!counted || inserted(after) > 0 || updated(after) > 0) {
                names.add(after.name());
            }
        }
        return names;
    }

    private long inserted(Seen after) {
        return after.inserted() - table(after.oid()).map(Seen::inserted).orElse(0L);
    }

    /** How many rows of a table were updated since this look; at least one where that isn't counted. */
    long updated(Seen after) {
        return counted ? after.updated() - table(after.oid()).map(Seen::updated).orElse(0L) : 1;
    }

    /** How many rows of a table were deleted since this look. */
    long deleted(Seen after) {
        return after.deleted() - table(after.oid()).map(Seen::deleted).orElse(0L);
    }
}
