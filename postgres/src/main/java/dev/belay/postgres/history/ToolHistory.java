package dev.belay.postgres.history;

import dev.belay.engine.FailureMark;
import dev.belay.layout.Layout;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.Recorded;
import dev.belay.postgres.revision.RevisionHistory.Stored;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.revision.TableNames;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The table of a tool that numbers its migrations and stores no way back. Its name is looked up in the session's search path, as
 * the tools do it. How far a non-transactional migration came is in Belay's own table {@code belay.progress}.
 */
abstract class ToolHistory implements HistoryTable {
    /** A row of the tool's table; the checksum is empty where it keeps none. What failed was begun and isn't known to have ended. */
    record Row(String version, Instant at, String checksum, boolean failed) {
        Row(String version, Instant at, String checksum) {
            this(version, at, checksum, false);
        }

        Row(String version, Instant at) {
            this(version, at, "");
        }
    }

    private final String table;

    /** With its unqualified name. */
    ToolHistory(String table) {
        this.table = table;
    }

    /** The versions that the table says are applied, or failed, in their order; the table is there. */
    abstract List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException;

    /** The statements that record one. */
    abstract List<String> insert(Entry entry, Revision revision);

    final String table() {
        return table;
    }

    @Override
    public String existsSql() {
        return "pg_catalog.to_regclass(" + SqlLiteral.text(table) + ") is not null";
    }

    @Override
    public boolean isPartOfSchema() {
        return true;
    }

    @Override
    public Set<String> tables(Connection connection) throws SQLException {
        return TableNames.of(connection, table);
    }

    @Override
    public Recorded recorded(Connection connection, Supplier<RevisionGraph> files) throws SQLException {
        RevisionGraph graph = files.get();
        List<AppliedRevision> applied = new ArrayList<>();
        List<Row> failed = new ArrayList<>();
        List<String> parents = List.of();
        for (Row row : rows(connection, graph)) {
            if (row.failed()) {
                failed.add(row);
                continue;
            }
            String description =
                    graph.get(row.version()).map(Revision::description).orElse("");
            applied.add(new AppliedRevision(row.version(), parents, description, row.checksum(), row.at(), false));
            parents = List.of(row.version());
        }
        List<String> ids = applied.stream().map(AppliedRevision::id).toList();
        return new Recorded(applied, failed.stream().findFirst().map(row -> mark(row, ids, graph)));
    }

    /** What a row means that failed; of a tool that marks such ones. */
    FailureMark mark(Row failed, List<String> applied, RevisionGraph graph) {
        throw new IllegalStateException("nothing is marked as failed in " + table);
    }

    /** The mark of a version that is either applied or isn't. */
    final FailureMark mark(String tool, Row failed, List<String> applied, RevisionGraph graph, String wayOut) {
        return new FailureMark(
                tool,
                failed.version(),
                List.of(applied, and(applied, failed.version())),
                isSame(graph, failed.version(), failed.checksum()),
                wayOut);
    }

    /** Whether a file has this checksum of the tool's. */
    boolean isSame(RevisionGraph graph, String id, String checksum) {
        return graph.get(id)
                .filter(revision -> !isChanged(
                        new AppliedRevision(id, List.of(), revision.description(), checksum, Instant.EPOCH, false),
                        revision))
                .isPresent();
    }

    static List<String> and(List<String> versions, String another) {
        List<String> all = new ArrayList<>(versions);
        all.add(another);
        return all;
    }

    /** Reads rows of a version, a time and, where there are such, a checksum and whether it failed. */
    static List<Row> read(Connection connection, String sql) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                rows.add(new Row(
                        row.getString(1),
                        row.getTimestamp(2) == null
                                ? Instant.EPOCH
                                : row.getTimestamp(2).toInstant(),
                        columns > 2 ? row.getString(3) : "",
                        columns > 3 && row.getBoolean(4)));
            }
        }
        return rows;
    }

    /** Whether the tool's own checksum is another one; most keep none. */
    @Override
    public boolean isChanged(AppliedRevision applied, Revision revision) {
        return !applied.checksum().isEmpty()
                && !applied.checksum().equals(revision.properties().get(Layout.CHECKSUM));
    }

    @Override
    public Map<String, Stored> stored(Connection connection, RevisionGraph graph, List<String> revisions)
            throws SQLException {
        List<String> applied = state(connection, () -> graph).ids();
        Map<String, Stored> stored = new LinkedHashMap<>();
        for (String revision : revisions) {
            if (applied.contains(revision)) {
                stored.put(revision, new Stored(-1, Optional.empty(), true, Optional.empty()));
            }
        }
        return stored;
    }

    @Override
    public String downgrade(Connection connection, String revision) {
        throw new IllegalStateException("unreachable: nothing is stored of " + revision);
    }

    @Override
    public boolean isRecorded(Connection connection, RevisionGraph graph, String revision, String run)
            throws SQLException {
        return state(connection, () -> graph).ids().contains(revision);
    }

    @Override
    public List<String> record(List<Entry> entries, RevisionGraph graph) {
        return entries.stream()
                .flatMap(entry -> insert(entry, graph.find(entry.revision().revision())).stream())
                .toList();
    }

    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        List<String> statements = new ArrayList<>(forget(List.of(entry.revision()), graph));
        statements.addAll(record(List.of(new Entry(entry, "stamp", Duration.ZERO, 0)), graph));
        return statements;
    }

    @Override
    public OptionalLong lock(Connection connection) throws SQLException {
        return OptionalLong.empty();
    }
}
