package dev.belay.database;

import dev.belay.context.RunContext;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Looks at databases and compares what it sees. Changes nothing. Thread-safe. @since 0.1 */
public interface Observations {
    /** The schema of a database, without what belongs to Belay itself. */
    SchemaPicture schema(Database database) throws SQLException;

    /** Whether a database has no table, view, sequence or foreign table but those of Belay and of extensions. */
    boolean isEmpty(Database database) throws SQLException;

    /** Every table's fingerprint, from one snapshot, without Belay's own tables; sorted by table. */
    List<TableFingerprint> rows(Database database, RunContext context) throws SQLException;

    /**
     * A mark in the order of a database's writes, for {@link #rowsSince}: everything that is written later, in whatever session,
     * lies behind it. By default a mark that tells nothing.
     */
    default WriteMark mark(Database database, RunContext context) throws SQLException {
        return new WriteMark("");
    }

    /**
     * As {@link #rows(Database, RunContext)}; tables that were neither written to nor given another shape since a mark need not
     * be read again. By default all of them are.
     *
     * @param mark of this same database
     * @param before the rows at the mark
     */
    default List<TableFingerprint> rowsSince(
            Database database, RunContext context, WriteMark mark, List<TableFingerprint> before) throws SQLException {
        return rows(database, context);
    }

    /**
     * How many rows each table of {@code kept} has that the same table of {@code restored} has not; tables without any are
     * left out. A row that was changed counts as one.
     */
    Map<String, Long> surplus(Database kept, Database restored, RunContext context) throws SQLException;

    /**
     * For looking at a database again and again, where that can be had cheaper than by starting anew each time. By default each
     * look starts anew.
     *
     * @param context of the run that looks; its cancellation ends a look
     */
    default Observer observer(Database database, RunContext context) throws SQLException {
        return new Observer() {
            @Override
            public SchemaPicture schema() throws SQLException {
                return Observations.this.schema(database);
            }

            @Override
            public List<TableFingerprint> rows(RunContext run) throws SQLException {
                return Observations.this.rows(database, run);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
