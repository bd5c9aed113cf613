package dev.belay.postgres.history;

import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** diesel's table (diesel/src/migration): a row for each version. It takes no lock. */
final class DieselHistory extends ToolHistory {
    DieselHistory() {
        super("__diesel_schema_migrations");
    }

    @Override
    public List<String> create() {
        return List.of(
                "create table if not exists __diesel_schema_migrations (version varchar(50) primary key not null,"
                        + " run_on timestamp not null default current_timestamp)");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return read(connection, "select version, run_on from __diesel_schema_migrations order by version");
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of(
                "insert into __diesel_schema_migrations (version) values (" + SqlLiteral.text(revision.id()) + ")");
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("delete from __diesel_schema_migrations where version = any (" + SqlLiteral.array(revisions)
                        + ")");
    }
}
