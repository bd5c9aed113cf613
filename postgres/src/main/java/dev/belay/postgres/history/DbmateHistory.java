package dev.belay.postgres.history;

import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** dbmate's table (pkg/driver/postgres): a row for each version. It takes no lock. */
final class DbmateHistory extends ToolHistory {
    DbmateHistory() {
        super("schema_migrations");
    }

    @Override
    public List<String> create() {
        return List.of("create table if not exists schema_migrations (version varchar primary key)");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return read(connection, "select version, null::timestamptz from schema_migrations order by version");
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of("insert into schema_migrations (version) values (" + SqlLiteral.text(revision.id()) + ")");
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("delete from schema_migrations where version = any (" + SqlLiteral.array(revisions) + ")");
    }
}
