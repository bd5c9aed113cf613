package dev.belay.postgres.history;

import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The table of MyBatis Migrations (operations/ChangelogOperation.java): a row for each id. A migration of the user's makes it,
 * mostly the first one, and drops it when it is taken back. It takes no lock.
 */
final class MybatisHistory extends ToolHistory {
    MybatisHistory() {
        super("changelog");
    }

    @Override
    public List<String> create() {
        return List.of();
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return read(connection, """
                select id, case when applied_at ~ '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' then applied_at::timestamp end
                from changelog order by id""");
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of("insert into changelog (id, applied_at, description) values (" + revision.id()
                + ", pg_catalog.to_char(pg_catalog.clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS'), "
                + SqlLiteral.text(revision.description()) + ")");
    }

    /** The table may have gone with the migration that made it. */
    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("do $$ begin if pg_catalog.to_regclass('changelog') is not null then"
                        + " delete from changelog where id in (" + String.join(", ", revisions) + "); end if; end $$");
    }
}
