package dev.belay.postgres.sample;

import dev.belay.database.Database;
import dev.belay.postgres.sample.SampleReport.Unfilled;
import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.exception.DataAccessException;

/**
 * Makes up a few rows for every table of a database, so that a change can be tried on data where nobody brought any.
 *
 * <p>The rows satisfy types, NOT NULL, keys, checks, domains and exclusion constraints as far as values are found that do;
 * the server judges each row. They hold NULLs where a column takes them, empty and non-ASCII texts, leap days and values at
 * the edges of what a type holds. The same seed and the same schema give the same rows, but for what triggers and the
 * server's clock write.
 *
 * <p>Limitations:
 * <ul>
 *   <li>identity columns and those numbered by a sequence are left to the server, generated columns too;
 *   <li>views, foreign tables, temporary tables, the schema {@code belay} and tables of extensions are left alone;
 *   <li>triggers are active: what they write comes on top, what they refuse is reported;
 *   <li>of partitions each gets rows of its own, through the partitioned table.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SampleRows {
    private static final int ROWS = 6;
    private static final int MOST_ROWS = 1_000;

    private final long seed;
    private final int rows;
    private final Set<String> except;

    private SampleRows(long seed, int rows, Set<String> except) {
        this.seed = seed;
        this.rows = rows;
        this.except = Set.copyOf(except);
    }

    /** Six rows for each table, chosen by this seed. */
    public static SampleRows withSeed(long seed) {
        return new SampleRows(seed, ROWS, Set.of());
    }

    /**
     * How many rows each table gets; the default is 6.
     *
     * @throws IllegalArgumentException when it isn't 1 to 1000
     */
    public SampleRows rows(int perTable) {
        if (perTable < 1 || perTable > MOST_ROWS) {
            throw new IllegalArgumentException("rows(" + perTable + "): 1 to " + MOST_ROWS + " rows can be made up");
        }
        return new SampleRows(seed, perTable, except);
    }

    /**
     * Leaves tables alone, for instance another tool's history; none by default. Each call adds to those before.
     *
     * @param tables qualified, quoted where needed: {@code public.alembic_version}
     */
    public SampleRows except(String... tables) {
        Set<String> all = new HashSet<>(except);
        all.addAll(List.of(tables));
        return new SampleRows(seed, rows, all);
    }

    /**
     * Fills every table, in one transaction.
     *
     * @throws SQLException when the database can't be reached or the connection is lost; then nothing is left behind
     */
    public SampleReport fill(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return fill(connection);
        }
    }

    /**
     * Fills every table through this connection: in autocommit in a transaction of its own, else in the one that is open,
     * in which constraints are then immediate and which stays the caller's to end.
     *
     * @throws SQLException when the connection is lost; what is in the caller's transaction is the caller's to roll back
     */
    public SampleReport fill(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            return within(connection);
        }
        connection.setAutoCommit(false);
        try {
            SampleReport report = within(connection);
            connection.commit();
            return report;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private SampleReport within(Connection connection) throws SQLException {
        try {
            SampleCatalog catalog = new SampleCatalog(connection);
            List<SampleTable> tables = catalog.tables().stream()
                    .filter(table -> !except.contains(table.name()) && !except.contains(table.into()))
                    .toList();
            Filling filling = new Filling(connection, seed, rows);
            SampleReport report = filling.fill(tables);
            List<Unfilled> unfilled = new ArrayList<>(report.unfilled());
            catalog.withoutPartitions().stream()
                    .filter(table -> !except.contains(table))
                    .forEach(table -> unfilled.add(new Unfilled(table, "it has no partition that could take a row")));
            unfilled.sort(Comparator.comparing(Unfilled::table));
            return new SampleReport(report.filled(), unfilled);
        } catch (DataAccessException e) {
            throw Jooq.sqlException(e);
        }
    }

    @Override
    public String toString() {
        return "SampleRows.withSeed(" + seed + ").rows(" + rows + ")";
    }
}
