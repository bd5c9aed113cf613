package dev.belay.postgres.history;

import dev.belay.engine.FailureMark;
import dev.belay.layout.Layout;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/** sqlx's table (sqlx-postgres/src/migrate.rs): a row for each version, with the SHA-384 of its file. */
final class SqlxHistory extends ToolHistory {
    /** generate_lock_id. */
    private static final long LOCK = 0x3d32ad9eL;

    SqlxHistory() {
        super("_sqlx_migrations");
    }

    @Override
    public List<String> create() {
        return List.of("""
                create table if not exists _sqlx_migrations (
                    version bigint primary key,
                    description text not null,
                    installed_on timestamptz not null default now(),
                    success boolean not null,
                    checksum bytea not null,
                    execution_time bigint not null)""");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return read(
                connection,
                "select version, installed_on, pg_catalog.encode(checksum, 'hex'), not success from _sqlx_migrations"
                        + " order by version");
    }

    @Override
    FailureMark mark(Row failed, List<String> applied, RevisionGraph graph) {
        return mark("sqlx", failed, applied, graph, "remove its row from _sqlx_migrations, as sqlx asks for");
    }

    @Override
    public List<String> settle(FailureMark mark, List<String> applied, RevisionGraph graph) {
        return List.of(
                applied.contains(mark.revision())
                        ? "update _sqlx_migrations set success = true where version = " + mark.revision()
                        : "delete from _sqlx_migrations where not success and version = " + mark.revision());
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values ("
                + revision.id() + ", " + SqlLiteral.text(revision.description()) + ", true, pg_catalog.decode('"
                + revision.properties().get(Layout.CHECKSUM) + "', 'hex'), "
                + entry.took().toNanos() + ")");
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("delete from _sqlx_migrations where version in (" + String.join(", ", revisions) + ")");
    }

    @Override
    public OptionalLong lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.current_database()")) {
            row.next();
            CRC32 crc = new CRC32();
            crc.update(row.getString(1).getBytes(StandardCharsets.UTF_8));
            return OptionalLong.of(LOCK * crc.getValue());
        }
    }
}
