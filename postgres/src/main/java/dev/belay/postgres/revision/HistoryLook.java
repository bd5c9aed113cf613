package dev.belay.postgres.revision;

import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what is applied, by whatever table, and what is under way, which Belay writes down itself. */
public final class HistoryLook {
    /** Whether {@code belay.progress} is there, as an expression. */
    public static final String PROGRESS_EXISTS = "pg_catalog.to_regclass('belay.progress') is not null";

    /** What is under way, if anything. */
    public static final String PROGRESS = "select revision, direction, statements_done from belay.progress";

    private HistoryLook() {}

    /** What isn't there counts as empty. */
    static EngineState state(HistoryTable history, Connection connection, Supplier<RevisionGraph> graph)
            throws SQLException {
        boolean applied;
        boolean progress;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + history.existsSql() + ", " + PROGRESS_EXISTS)) {
            row.next();
            applied = row.getBoolean(1);
            progress = row.getBoolean(2);
        }
        Optional<Partial> partial = Optional.empty();
        if (progress) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(PROGRESS)) {
                partial = partial(row);
            }
        }
        return settled(applied ? history.recorded(connection, graph) : Recorded.of(List.of()), partial);
    }

    /** What another session ended between the reading of what was under way and of what is applied is under way no more. */
    static EngineState settled(Recorded recorded, Optional<Partial> before) {
        List<AppliedRevision> applied = recorded.applied();
        return new EngineState(
                applied,
                before.filter(each ->
                        applied.stream().anyMatch(revision -> revision.id().equals(each.revision()))
                                == (each.direction() == Direction.DOWN)),
                recorded.failed());
    }

    /** Of the rows of {@link #PROGRESS}. */
    public static Optional<Partial> partial(ResultSet row) throws SQLException {
        return row.next()
                ? Optional.of(new Partial(row.getString(1), Direction.valueOf(row.getString(2)), row.getInt(3)))
                : Optional.empty();
    }
}
