package dev.belay.postgres.history;

import dev.belay.engine.EngineState;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** node-pg-migrate's table (src/runner.ts): a row for each name, in the order in which they were applied. */
final class NodePgMigrateHistory extends ToolHistory {
    /** PG_MIGRATE_LOCK_ID. */
    private static final long LOCK = 7_241_865_325_823_964L;

    NodePgMigrateHistory() {
        super("pgmigrations");
    }

    @Override
    public List<String> create() {
        return List.of("create table if not exists pgmigrations (id serial primary key, name varchar(255) not null,"
                + " run_on timestamp not null)");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return read(connection, "select name, run_on from pgmigrations order by run_on, id");
    }

    /** As checkOrder does it: what is applied has to be the beginning of what is there. */
    @Override
    public void check(RevisionGraph graph, EngineState state) {
        List<Revision> files = graph.inOrder();
        List<String> applied = state.ids();
        for (int i = 0; i < Math.min(applied.size(), files.size()); i++) {
            String next = files.get(i).id();
            if (!applied.get(i).equals(next)) {
                throw new OutOfOrderException("node-pg-migrate", next, applied.get(i));
            }
        }
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of(
                "insert into pgmigrations (name, run_on) values (" + SqlLiteral.text(revision.id()) + ", now())");
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("delete from pgmigrations where name = any (" + SqlLiteral.array(revisions) + ")");
    }

    @Override
    public OptionalLong lock(Connection connection) {
        return OptionalLong.of(LOCK);
    }
}
