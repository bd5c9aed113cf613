package dev.belay.postgres.history;

import dev.belay.engine.EngineState;
import dev.belay.engine.FailureMark;
import dev.belay.layout.Layout;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Atlas's table (cmd/atlas/internal/migrate/ent/schema/revision.go): a row for each version. */
final class AtlasHistory extends ToolHistory {
    /** The FNV-1 hash of "atlas_migrate_execute" (cmd/atlas, applyLockValue; sql/postgres, Driver.Lock). */
    private static final long LOCK = lock("atlas_migrate_execute");

    /** RevisionTypeExecute and RevisionTypeResolved (sql/migrate/migrate.go). */
    private static final int EXECUTED = 2;

    private static final int RESOLVED = 4;

    private static final String FAILED = "(applied <> total or coalesce(error, '') <> '')";

    AtlasHistory() {
        super("atlas_schema_revisions");
    }

    private static long lock(String name) {
        long hash = 0x811c_9dc5L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash * 0x0100_0193L & 0xffff_ffffL) ^ name.charAt(i);
        }
        return hash;
    }

    @Override
    public List<String> create() {
        return List.of("""
                create table if not exists atlas_schema_revisions (
                    version character varying not null,
                    description character varying not null,
                    type bigint not null default 2,
                    applied bigint not null default 0,
                    total bigint not null default 0,
                    executed_at timestamptz not null,
                    execution_time bigint not null,
                    error text,
                    error_stmt text,
                    hash character varying not null,
                    partial_hashes jsonb,
                    operator_version character varying not null,
                    primary key (version))""");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        refuseElsewhere(connection);
        List<Row> recorded = read(
                connection,
                "select version, executed_at, case when " + FAILED + " then hash else '' end, " + FAILED
                        + " from atlas_schema_revisions where version not like '.%' order by version collate \"C\"");
        List<Row> rows = new ArrayList<>();
        Optional<String> first =
                recorded.stream().filter(row -> !row.failed()).map(Row::version).findFirst();
        // what lies before a baseline counts as applied: Atlas never runs it
        first.ifPresent(baseline -> graph.inOrder().stream()
                .map(Revision::id)
                .filter(id -> id.compareTo(baseline) < 0)
                .forEach(id -> rows.add(new Row(id, Instant.EPOCH))));
        rows.addAll(recorded);
        return rows;
    }

    /** Where the connection names no schema, Atlas makes one for the table, which counts, and is refused once it is read. */
    @Override
    public String existsSql() {
        return "(" + super.existsSql() + " or pg_catalog.to_regclass('" + table() + "." + table() + "') is not null)";
    }

    private void refuseElsewhere(Connection connection) throws SQLException {
        if (tables(connection).isEmpty()) {
            throw new HistoryElsewhereException(table(), table());
        }
    }

    @Override
    FailureMark mark(Row failed, List<String> applied, RevisionGraph graph) {
        return mark(
                "Atlas",
                failed,
                applied,
                graph,
                "atlas migrate apply, which goes on behind the statements that ran, or atlas migrate set");
    }

    @Override
    boolean isSame(RevisionGraph graph, String id, String checksum) {
        return graph.get(id)
                .filter(revision -> checksum.equals(revision.properties().get(Layout.CHECKSUM)))
                .isPresent();
    }

    /** As Atlas does before it runs a file, or as {@code atlas migrate set}. */
    @Override
    public List<String> settle(FailureMark mark, List<String> applied, RevisionGraph graph) {
        List<String> statements = new ArrayList<>(forget(List.of(mark.revision()), graph));
        if (applied.contains(mark.revision())) {
            statements.add(insert(graph.find(mark.revision()), RESOLVED, 0, 0));
        }
        return statements;
    }

    /** Atlas has no checksum of applied files compared; those of the directory are in atlas.sum. */
    @Override
    public boolean isChanged(AppliedRevision applied, Revision revision) {
        return false;
    }

    /** As --exec-order linear, Atlas's default: what lies between applied ones was applied. */
    @Override
    public void check(RevisionGraph graph, EngineState state) {
        List<String> applied = state.ids();
        if (applied.isEmpty()) {
            return;
        }
        String first = applied.get(0);
        String last = applied.get(applied.size() - 1);
        for (Revision revision : graph.inOrder()) {
            String id = revision.id();
            if (id.compareTo(first) > 0 && id.compareTo(last) < 0 && !applied.contains(id)) {
                throw new OutOfOrderException("Atlas", id, last);
            }
        }
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of(
                insert(revision, EXECUTED, entry.statements(), entry.took().toNanos()));
    }

    private static String insert(Revision revision, int type, int statements, long nanos) {
        return "insert into atlas_schema_revisions (version, description, type, applied, total, executed_at,"
                + " execution_time, error, error_stmt, hash, partial_hashes, operator_version) values ("
                + SqlLiteral.text(revision.id()) + ", " + SqlLiteral.text(revision.description()) + ", " + type + ", "
                + statements + ", " + statements + ", pg_catalog.clock_timestamp(), " + nanos + ", '', '', "
                + SqlLiteral.text(String.valueOf(revision.properties().get(Layout.CHECKSUM))) + ", 'null', 'Belay')";
    }

    /** As {@code atlas migrate set}. */
    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        Revision revision = graph.find(entry.revision());
        List<String> statements = new ArrayList<>(forget(List.of(revision.id()), graph));
        statements.add(insert(revision, RESOLVED, 0, 0));
        return statements;
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of(
                        "delete from atlas_schema_revisions where version = any (" + SqlLiteral.array(revisions) + ")");
    }

    @Override
    public OptionalLong lock(Connection connection) {
        return OptionalLong.of(LOCK);
    }
}
