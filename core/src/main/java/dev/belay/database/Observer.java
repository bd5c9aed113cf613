package dev.belay.database;

import dev.belay.context.RunContext;
import java.sql.SQLException;
import java.util.List;

/**
 * Looks at one database again and again. Changes nothing, holds no lock and no snapshot between two looks. For one thread at a
 * time; to be closed before the database is dropped or copied.
 *
 * @since 0.1
 */
public interface Observer extends AutoCloseable {
    /** As {@link Observations#schema}. */
    SchemaPicture schema() throws SQLException;

    /** As {@link Observations#rows}. */
    List<TableFingerprint> rows(RunContext context) throws SQLException;

    @Override
    void close() throws SQLException;
}
