package dev.belay.postgres.revision;

import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.postgres.revision.RevisionHistory.Stored;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Belay's own table, {@code belay.history}; the ways back are stored in it. */
public final class BelayHistory implements SummedHistory {
    /** What one statement may hold, as in the sender. */
    private static final int MOST_CHARS = 16_000;

    @Override
    public String existsSql() {
        return RevisionHistory.EXISTS;
    }

    @Override
    public List<String> create() {
        return HistorySql.create();
    }

    @Override
    public boolean isPartOfSchema() {
        return false;
    }

    @Override
    public Set<String> tables(Connection connection) {
        return Set.of();
    }

    @Override
    public String rowsSql() {
        return RevisionHistory.APPLIED;
    }

    @Override
    public Recorded recorded(ResultSet rows, Connection connection, Supplier<RevisionGraph> graph) throws SQLException {
        return Recorded.of(RevisionHistory.applied(rows));
    }

    /** In two round trips. */
    @Override
    public EngineState state(Connection connection, Supplier<RevisionGraph> graph) throws SQLException {
        if (!exists(connection)) {
            return new EngineState(List.of(), Optional.empty());
        }
        try (Statement statement = connection.createStatement()) {
            Results results = Results.of(statement, HistoryLook.PROGRESS + "; " + RevisionHistory.APPLIED);
            Optional<Partial> partial = results.next(HistoryLook::partial);
            return HistoryLook.settled(Recorded.of(results.next(RevisionHistory::applied)), partial);
        }
    }

    @Override
    public String summarySql() {
        return "select "
                + HistorySummary.checksumSql(
                        "revision || ' ' || coalesce(file_sha256, '')", "revision collate pg_catalog.\"C\"")
                + ", pg_catalog.array_to_string(array(select revision from belay.history except"
                + " select pg_catalog.unnest(parents) from belay.history), ',')"
                + " from belay.history";
    }

    @Override
    public String summary(Map<String, String> checksums) {
        String[] ids = checksums.keySet().toArray(String[]::new);
        Arrays.sort(ids);
        List<String> lines = new ArrayList<>(ids.length);
        for (String id : ids) {
            lines.add(id + " " + checksums.get(id));
        }
        return HistorySummary.checksum(lines);
    }

    /** The same file is unchanged; in another one it is the upgrade's tokens that count. */
    @Override
    public boolean isChanged(AppliedRevision applied, Revision revision) {
        String recorded = applied.checksum();
        String file = revision.properties().get(Revision.FILE_SHA256);
        if (recorded.isEmpty() || file != null && recorded.endsWith(" " + file)) {
            return false;
        }
        return revision.upgrade() instanceof Change.Sql sql
                && !RevisionScript.of(sql.script()).checksum().equals(recorded.split(" ")[0]);
    }

    @Override
    public Map<String, Stored> stored(Connection connection, RevisionGraph graph, List<String> revisions)
            throws SQLException {
        return exists(connection) ? RevisionHistory.stored(connection, revisions) : Map.of();
    }

    @Override
    public String downgrade(Connection connection, String revision) throws SQLException {
        return RevisionHistory.downgrade(connection, revision);
    }

    @Override
    public boolean isRecorded(Connection connection, RevisionGraph graph, String revision, String run)
            throws SQLException {
        return exists(connection) && RevisionHistory.recorded(connection, revision, run);
    }

    @Override
    public List<String> record(List<Entry> entries, RevisionGraph graph) {
        List<String> statements = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        int chars = 0;
        for (Entry entry : entries) {
            String row = HistorySql.row(entry.revision(), entry.run(), entry.took(), entry.statements());
            if (chars + row.length() > MOST_CHARS && !rows.isEmpty()) {
                statements.add(HistorySql.insert(rows));
                rows.clear();
                chars = 0;
            }
            rows.add(row);
            chars += row.length();
        }
        if (!rows.isEmpty()) {
            statements.add(HistorySql.insert(rows));
        }
        return statements;
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty() ? List.of() : List.of(HistorySql.delete(revisions));
    }

    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        return List.of(HistorySql.stamp(entry));
    }

    @Override
    public OptionalLong lock(Connection connection) {
        return OptionalLong.empty();
    }
}
