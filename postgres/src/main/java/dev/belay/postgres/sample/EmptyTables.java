package dev.belay.postgres.sample;

import dev.belay.database.Database;
import dev.belay.database.SampleData;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.sample.SampleReport.Unfilled;
import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;

/** Fills the tables that have no rows, and leaves those alone that have some. */
public final class EmptyTables implements SampleData {
    private static final String TABLES = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'belay')
            """;

    /** They keep nothing. */
    public EmptyTables() {}

    @Override
    public List<String> fill(Database database, Set<String> except, long seed) throws SQLException {
        try (Connection connection = database.connect()) {
            List<String> tables = tables(connection);
            Set<String> leftAlone = new HashSet<>(withRows(connection, tables));
            leftAlone.addAll(except);
            if (leftAlone.containsAll(tables)) {
                return List.of();
            }
            return SampleRows.withSeed(seed)
                    .except(leftAlone.toArray(String[]::new))
                    .fill(connection)
                    .unfilled()
                    .stream()
                    .map(EmptyTables::words)
                    .toList();
        }
    }

    private static String words(Unfilled table) {
        return "No rows could be made up for table " + table.table() + ": " + table.reason();
    }

    private static List<String> tables(Connection connection) throws SQLException {
        try {
            return Jooq.on(connection).fetchValues(TABLES).stream()
                    .map(String::valueOf)
                    .toList();
        } catch (DataAccessException e) {
            throw Jooq.sqlException(e);
        }
    }

    /** A partitioned table is asked together with its partitions. */
    private static List<String> withRows(Connection connection, List<String> tables) throws SQLException {
        if (tables.isEmpty()) {
            return List.of();
        }
        String query = tables.stream()
                .map(name -> "SELECT " + SqlLiteral.text(name) + " WHERE EXISTS (SELECT FROM " + name + ")")
                .collect(Collectors.joining(" UNION ALL "));
        try {
            return Jooq.on(connection).fetchValues(query).stream()
                    .map(String::valueOf)
                    .toList();
        } catch (DataAccessException e) {
            throw Jooq.sqlException(e);
        }
    }
}
