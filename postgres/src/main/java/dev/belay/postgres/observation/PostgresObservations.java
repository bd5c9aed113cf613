package dev.belay.postgres.observation;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.Observations;
import dev.belay.database.Observer;
import dev.belay.database.SchemaPicture;
import dev.belay.database.TableFingerprint;
import dev.belay.database.WriteMark;
import dev.belay.postgres.connection.internal.TransactionPooler;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.postgres.snapshot.SharedSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * Looks at PostgreSQL databases. Values are hashed inside the server; none crosses the network. Thread-safe.
 *
 * <p>Which rows are looked at: those of ordinary tables and of partitions. Left out are the schema {@code belay}, foreign
 * tables, tables that an extension brought along, materialized views (a restore computes them anew) and sequences (they
 * move on outside of any snapshot). The role needs SELECT on all of them, and row-level security must not bind it.
 */
public final class PostgresObservations implements Observations {
    private static final String ANY_RELATION = """
            SELECT EXISTS (
                SELECT FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relpersistence <> 't'
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'belay')
                  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                                    AND d.deptype = 'e'))
            """;

    private static final int SEEN_OFTEN = 3;

    @Override
    public SchemaPicture schema(Database database) throws SQLException {
        return SchemaSnapshot.of(database);
    }

    @Override
    public boolean isEmpty(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ANY_RELATION)) {
            row.next();
            return !row.getBoolean(1);
        }
    }

    @Override
    public List<TableFingerprint> rows(Database database, RunContext context) throws SQLException {
        try (SharedSnapshot snapshot = SharedSnapshot.of(database)) {
            return new RowFingerprints(snapshot, context).compute(RowFingerprints.sessions());
        }
    }

    /** The first transaction that could still write. */
    @Override
    public WriteMark mark(Database database, RunContext context) throws SQLException {
        try (Connection connection = database.connect(context.cancellation())) {
            return UnwrittenTables.mark(connection);
        }
    }

    @Override
    public List<TableFingerprint> rowsSince(
            Database database, RunContext context, WriteMark mark, List<TableFingerprint> before) throws SQLException {
        try (SharedSnapshot snapshot = SharedSnapshot.of(database)) {
            List<TableShape> tables = TableShapes.read(snapshot.connection());
            var unwritten = new UnwrittenTables(snapshot.connection(), mark, before);
            return new RowFingerprints(snapshot, context, unwritten).compute(tables, RowFingerprints.sessions());
        }
    }

    @Override
    public Map<String, Long> surplus(Database kept, Database restored, RunContext context) throws SQLException {
        try (SharedSnapshot mine = SharedSnapshot.of(kept);
                SharedSnapshot theirs = SharedSnapshot.of(restored)) {
            return new SurplusRows(mine, theirs, context).count();
        }
    }

    @Override
    public Observer observer(Database database, RunContext context) throws SQLException {
        Connection connection = database.connect(context.cancellation());
        try {
            if (TransactionPooler.pid(connection) == TransactionPooler.announced(connection)) {
                // no pooler stands between: the server may keep the plans of what is asked over and over
                connection.unwrap(PGConnection.class).setPrepareThreshold(SEEN_OFTEN);
            }
            return new SessionObserver(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
