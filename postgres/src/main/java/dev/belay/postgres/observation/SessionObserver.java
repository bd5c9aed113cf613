package dev.belay.postgres.observation;

import dev.belay.context.RunContext;
import dev.belay.database.Observer;
import dev.belay.database.SchemaPicture;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.postgres.snapshot.Jooq;
import dev.belay.postgres.snapshot.ReadOnly;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;

/** Looks through one session that stays open: the server has its catalog at hand, and plans each query once. */
final class SessionObserver implements Observer {
    /** As many as a statement of reasonable length holds. */
    private static final int TABLES_AT_ONCE = 50;

    private final Connection connection;

    SessionObserver(Connection connection) {
        this.connection = connection;
    }

    @Override
    public SchemaPicture schema() {
        return SchemaSnapshot.of(connection);
    }

    @Override
    public List<TableFingerprint> rows(RunContext context) throws SQLException {
        ReadOnly.begin(connection);
        try {
            List<TableShape> tables = TableShapes.read(connection);
            int version = connection.getMetaData().getDatabaseMajorVersion() * 10_000;
            List<TableFingerprint> found = new ArrayList<>();
            for (int from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
                context.cancellation().check();
                found.addAll(rows(tables.subList(from, Math.min(tables.size(), from + TABLES_AT_ONCE)), version));
            }
            found.sort(Comparator.comparing(TableFingerprint::table));
            return found;
        } catch (DataAccessException e) {
            throw Jooq.sqlException(e);
        } finally {
            ReadOnly.end(connection);
        }
    }

    private List<TableFingerprint> rows(List<TableShape> tables, int version) throws SQLException {
        String query = tables.stream()
                .map(table -> "SELECT " + SqlLiteral.text(table.name()) + ", t.* FROM ("
                        + table.fingerprintQuery(version) + ") t")
                .collect(Collectors.joining(" UNION ALL "));
        List<TableFingerprint> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    found.add(new TableFingerprint(
                            rows.getString(1), rows.getLong(2), String.valueOf(rows.getString(3))));
                }
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
