package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.FailureMark;
import dev.belay.postgres.revision.HistorySql;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.LeaseTable;
import dev.belay.postgres.run.RunLockException;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records a target as applied without running anything. */
final class Stamp {
    private final RevisionGraph graph;
    private final HistoryTable history;

    Stamp(RevisionGraph graph, HistoryTable history) {
        this.graph = graph;
        this.history = history;
    }

    void write(Target target, Connection connection, EngineContext context) throws SQLException {
        EngineState state = history.state(connection, () -> graph);
        String text = target.toString();
        boolean down = text.startsWith("-") || text.equals("base");
        // a target counted from what is applied is counted from there, any other from nothing: what is applied may be
        // wrong
        List<String> needed = down
                ? List.of()
                : graph.up(target, text.startsWith("+") ? state.applied() : List.of())
                        .steps();
        List<String> gone = new ArrayList<>(beyond(target, down, needed, state));
        if (text.equals("head") || text.equals("heads")) {
            state.ids().stream().filter(id -> graph.get(id).isEmpty()).forEach(gone::add);
        }
        List<String> statements = new ArrayList<>();
        state.failed()
                .ifPresent(mark ->
                        statements.addAll(history.settle(mark, mark.candidates().get(0), graph)));
        statements.addAll(history.forget(gone, graph));
        for (String id : needed) {
            statements.addAll(history.stamp(Records.of(graph.find(id), note -> {}), graph));
        }
        statements.add("delete from belay.progress");
        execute(connection, statements, context);
    }

    /** Records what a tool's mark turned out to mean. */
    void settle(FailureMark mark, List<String> applied, Connection connection, EngineContext context)
            throws SQLException {
        execute(connection, history.settle(mark, applied, graph), context);
    }

    private List<String> beyond(Target target, boolean down, List<String> needed, EngineState state) {
        String text = target.toString();
        if (text.startsWith("head") && !text.startsWith("head-")) {
            return List.of();
        }
        if (text.startsWith("+")) {
            return List.of();
        }
        Map<String, AppliedRevision> applied = new LinkedHashMap<>();
        state.applied().forEach(revision -> applied.put(revision.id(), revision));
        needed.forEach(id -> applied.computeIfAbsent(id, missing -> stamped(graph.find(missing))));
        return graph.down(down ? target : lastOf(needed, target), List.copyOf(applied.values()))
                .steps();
    }

    /** The way up to one revision ends with it. */
    private static Target lastOf(List<String> needed, Target target) {
        return needed.isEmpty() ? target : Target.revision(needed.get(needed.size() - 1));
    }

    private static AppliedRevision stamped(Revision revision) {
        return new AppliedRevision(revision.id(), revision.parents(), revision.description(), "", Instant.now(), true);
    }

    private void execute(Connection connection, List<String> statements, EngineContext context) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            List<String> before = new ArrayList<>(HistorySql.createProgress());
            if (!history.exists(connection)) {
                before.addAll(history.create());
            }
            for (String sql : before) {
                statement.execute(sql);
            }
            for (String sql : statements) {
                statement.addBatch(sql);
            }
            statement.executeBatch();
            prove(statement, context);
            context.checkLock();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void prove(Statement statement, EngineContext context) throws SQLException {
        if (context.fencingToken().isPresent()) {
            String sql = LeaseTable.prove(context.fencingToken().getAsLong());
            try (ResultSet row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    throw RunLockException.overtaken(context.database().location());
                }
            }
        }
    }
}
