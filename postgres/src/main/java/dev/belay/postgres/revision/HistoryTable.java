package dev.belay.postgres.revision;

import dev.belay.engine.EngineState;
import dev.belay.engine.FailureMark;
import dev.belay.postgres.revision.RevisionHistory.Stored;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Where it is written down which revisions are applied: Belay's own table, or another tool's. Stateless. */
public interface HistoryTable {
    /** What was run, or is to be stamped. */
    record Entry(HistoryEntry revision, String run, Duration took, int statements) {}

    /** A boolean expression that tells whether it is there. */
    String existsSql();

    /** Whether it is there. */
    default boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + existsSql())) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The statements that make it where it is not; they do no harm where it is. */
    List<String> create();

    /** Whether it has to be there before the schema is looked at for the first time, since it is a part of it. */
    boolean isPartOfSchema();

    /** The tables that are a part of the schema, qualified and quoted where needed. */
    Set<String> tables(Connection connection) throws SQLException;

    /**
     * What is applied, and what failed; the table is there.
     *
     * @param graph the files, asked for only when the table alone doesn't tell
     */
    Recorded recorded(Connection connection, Supplier<RevisionGraph> graph) throws SQLException;

    /** What is applied and what is under way; what isn't there counts as empty. */
    default EngineState state(Connection connection, Supplier<RevisionGraph> graph) throws SQLException {
        return HistoryLook.state(this, connection, graph);
    }

    /** Whether the file is another one than was applied. */
    boolean isChanged(AppliedRevision applied, Revision revision);

    /**
     * Refuses to go on from a history which the tool itself would refuse.
     *
     * @throws dev.belay.BelayException naming what is wrong and the way out
     */
    default void check(RevisionGraph graph, EngineState state) {}

    /** Those that a way down takes back; by default all. */
    default List<AppliedRevision> undoable(RevisionGraph graph, List<AppliedRevision> applied) {
        return applied;
    }

    /** The search path that revisions run with, where the session has this one. */
    default String searchPath(String session) {
        return session;
    }

    /** How the applied ones of these revisions are taken back. */
    Map<String, Stored> stored(Connection connection, RevisionGraph graph, List<String> revisions) throws SQLException;

    /** The stored way back of one revision. */
    String downgrade(Connection connection, String revision) throws SQLException;

    /** Whether this run recorded the revision. */
    boolean isRecorded(Connection connection, RevisionGraph graph, String revision, String run) throws SQLException;

    /** The statements that record revisions, in this order. */
    List<String> record(List<Entry> entries, RevisionGraph graph);

    /** The statements that forget revisions, in this order. */
    List<String> forget(List<String> revisions, RevisionGraph graph);

    /** The statements that record a revision that was not run. */
    List<String> stamp(HistoryEntry entry, RevisionGraph graph);

    /** The statements that take a mark away and say instead that one of its candidates is applied, as the tool would. */
    default List<String> settle(FailureMark mark, List<String> applied, RevisionGraph graph) {
        throw new IllegalStateException("nothing is marked as failed in this table");
    }

    /** The advisory lock that the tool itself takes in this database while it works. */
    OptionalLong lock(Connection connection) throws SQLException;
}
