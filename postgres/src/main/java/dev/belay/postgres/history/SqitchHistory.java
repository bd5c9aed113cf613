package dev.belay.postgres.history;

import dev.belay.engine.EngineState;
import dev.belay.layout.SqitchProperties;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.revision.TableNames;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sqitch's registry (Role/DBIEngine.pm, Engine/pg.pm), a schema of its own: what is deployed of a project, and all that happened.
 * Changes are told apart by Sqitch's id of them; one that the plan doesn't have is called {@code name@id}.
 */
final class SqitchHistory extends ToolHistory {
    /** pg_try_advisory_lock in Engine/pg.pm. */
    private static final long LOCK = 75_474_063L;

    private static final List<String> TABLES =
            List.of("releases", "projects", "changes", "tags", "dependencies", "events");

    private final String schema;
    private final SqitchSql sql;

    /** With what the source says about the registry. */
    SqitchHistory(Map<String, String> settings) {
        super(SqlLiteral.name(registry(settings)) + ".changes");
        this.schema = registry(settings);
        this.sql = new SqitchSql(
                SqlLiteral.name(schema),
                settings.getOrDefault(SqitchProperties.COMMITTER_NAME, ""),
                settings.getOrDefault(SqitchProperties.COMMITTER_EMAIL, ""));
    }

    private static String registry(Map<String, String> settings) {
        return settings.getOrDefault(SqitchProperties.REGISTRY, "sqitch");
    }

    @Override
    public List<String> create() {
        return sql.create();
    }

    @Override
    public Set<String> tables(Connection connection) throws SQLException {
        return TableNames.of(
                connection,
                TABLES.stream()
                        .map(table -> SqlLiteral.name(schema) + "." + table)
                        .toArray(String[]::new));
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        requireVersion(connection);
        if (graph.inOrder().isEmpty()) {
            return List.of();
        }
        Revision first = graph.inOrder().get(0);
        requireSameProject(connection, first);
        Map<String, String> ids = new HashMap<>();
        graph.inOrder().forEach(revision -> ids.put(property(revision, SqitchProperties.ID), revision.id()));
        List<Row> rows = new ArrayList<>();
        // a hash equal to the id is what an old version of Sqitch left; it isn't known then
        for (Row row : read(
                connection,
                "select change || '@' || change_id, committed_at, coalesce(nullif(script_hash, change_id), '') from "
                        + table()
                        + " where project = " + SqlLiteral.text(property(first, SqitchProperties.PROJECT))
                        + " order by committed_at")) {
            String id = SqitchSql.id(row.version());
            rows.add(new Row(ids.getOrDefault(id, row.version()), row.at(), row.checksum()));
        }
        return rows;
    }

    private static String property(Revision revision, String key) {
        return revision.properties().getOrDefault(key, "");
    }

    private void requireVersion(Connection connection) throws SQLException {
        String releases = SqlLiteral.name(schema) + ".releases";
        String version = TableNames.of(connection, releases).isEmpty()
                ? "0.9"
                : text(connection, "select max(version)::text from " + releases);
        if (!version.equals(SqitchSql.VERSION)) {
            throw SqitchRegistryException.ofVersion(schema, version, SqitchSql.VERSION);
        }
    }

    private void requireSameProject(Connection connection, Revision first) throws SQLException {
        String project = property(first, SqitchProperties.PROJECT);
        String uri = property(first, SqitchProperties.URI);
        String recorded = text(
                connection,
                "select coalesce(uri, '') from " + SqlLiteral.name(schema) + ".projects where project = "
                        + SqlLiteral.text(project) + " union all select " + SqlLiteral.text(uri) + " limit 1");
        if (!recorded.equals(uri)) {
            throw SqitchRegistryException.ofProject(schema, project, uri, recorded);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getString(1) != null ? row.getString(1) : "none";
        }
    }

    /** Sqitch goes on behind the last one, and never comes back to what lies before it. */
    @Override
    public void check(RevisionGraph graph, EngineState state) {
        List<String> order = graph.inOrder().stream().map(Revision::id).toList();
        List<String> applied = state.ids();
        for (int i = 0; i < applied.size(); i++) {
            if (!applied.get(i).equals(order.get(i))) {
                throw new OutOfOrderException("Sqitch", order.get(i), applied.get(i));
            }
        }
    }

    @Override
    public List<String> record(List<Entry> entries, RevisionGraph graph) {
        if (entries.isEmpty()) {
            return List.of();
        }
        Revision first = graph.find(entries.get(0).revision().revision());
        List<String> statements = new ArrayList<>();
        statements.add(sql.project(first));
        first.parents().forEach(before -> statements.addAll(sql.newTags(graph.find(before))));
        statements.addAll(super.record(entries, graph));
        return statements;
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return sql.deploy(revision);
    }

    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        return sql.stamp(graph.find(entry.revision()));
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.stream()
                .flatMap(name -> sql
                        .revert(graph.get(name)
                                .map(revision -> property(revision, SqitchProperties.ID))
                                .orElseGet(() -> SqitchSql.id(name)))
                        .stream())
                .toList();
    }

    @Override
    public OptionalLong lock(Connection connection) {
        return OptionalLong.of(LOCK);
    }
}
