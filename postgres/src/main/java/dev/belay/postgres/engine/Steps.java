package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.postgres.engine.Step.Work;
import dev.belay.postgres.revision.DatabaseFacts;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.RevisionHistory.Stored;
import dev.belay.postgres.revision.RevisionScript;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Script;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the steps of a route: upgrades come from the files, downgrades from the history. */
final class Steps {
    private final RevisionGraph graph;
    private final HistoryTable history;
    private final Database database;
    private final Consumer<String> notes;
    private final DatabaseFacts facts;

    Steps(RevisionGraph graph, HistoryTable history, Database database, Consumer<String> notes) {
        this.graph = graph;
        this.history = history;
        this.database = database;
        this.notes = notes;
        this.facts = new DatabaseFacts(database);
    }

    List<Step> of(Route route, Connection connection) throws SQLException {
        if (route.direction() == Direction.UP) {
            return up(route);
        }
        Map<String, Stored> stored = history.stored(connection, graph, route.steps());
        return route.steps().stream()
                .map(id -> down(id, Optional.ofNullable(stored.get(id))))
                .toList();
    }

    List<Step> up(Route route) {
        return route.steps().stream().map(this::up).toList();
    }

    private Step up(String id) {
        Revision revision = graph.find(id);
        Change change = revision.upgrade();
        return new Step(id, Direction.UP, work(id, change), Optional.of(revision), change.transactional(), false);
    }

    /** What was stored when the revision was applied goes before the file, which may have been edited since. */
    private Step down(String id, Optional<Stored> stored) {
        Optional<Revision> revision = graph.get(id);
        boolean unfinished = stored.isEmpty();
        if (stored.isPresent() && stored.get().length() >= 0) {
            RevisionScript script = RevisionScript.of(storedScript(id, stored.get()));
            noteDifference(id, revision, script);
            return new Step(
                    id,
                    Direction.DOWN,
                    new Work.Scripted(script),
                    revision,
                    stored.get().transactional(),
                    unfinished);
        }
        Revision onDisk = revision.orElseThrow(() -> new NoWayBackException(
                id,
                stored.flatMap(Stored::irreversible)
                        .orElse("its file is gone and its downgrade is Java code or too large to be stored"),
                "Deploy a build that has the revision, or restore a backup."));
        if (stored.flatMap(Stored::irreversible).isPresent() && onDisk.reversible()) {
            notes.accept("Revision " + id
                    + " was irreversible when it was applied; now the file has a downgrade, which is used.");
        }
        Change change = onDisk.downgrade();
        return new Step(
                id, Direction.DOWN, work(id, change), revision, change.transactional() && !unfinished, unfinished);
    }

    private Work work(String id, Change change) {
        if (change instanceof Change.Sql sql) {
            return new Work.Scripted(RevisionScript.of(facts.in(sql.script())));
        }
        if (change instanceof Change.Code code) {
            return new Work.Coded(code.code());
        }
        throw new NoWayBackException(
                id,
                ((Change.Irreversible) change).reason(),
                "Restore a backup, or write a new revision that undoes it as far as that is possible.");
    }

    private void noteDifference(String id, Optional<Revision> revision, RevisionScript stored) {
        if (revision.isPresent()
                && revision.get().downgrade() instanceof Change.Sql sql
                && !RevisionScript.of(sql.script()).checksum().equals(stored.checksum())) {
            notes.accept("The downgrade of revision " + id + " was edited after the revision was applied;"
                    + " the one that was stored then is used.");
        }
    }

    private Script storedScript(String id, Stored stored) {
        return new Script() {
            @Override
            public String origin() {
                return "downgrade of " + id + " as stored in the history";
            }

            @Override
            public int firstLine() {
                return 1;
            }

            @Override
            public Reader open() throws IOException {
                if (stored.text().isPresent()) {
                    return new StringReader(stored.text().get());
                }
                try (Connection connection = database.connect()) {
                    return new StringReader(history.downgrade(connection, id));
                } catch (SQLException e) {
                    throw new IOException("the history can't be read, SQLSTATE " + e.getSQLState());
                }
            }
        };
    }

    /** Whether all steps run in one transaction. */
    boolean transactional(Route route, EngineState state, Connection connection) throws SQLException {
        return state.partial().filter(p -> route.steps().contains(p.revision())).isEmpty()
                && of(route, connection).stream().allMatch(Step::transactional);
    }
}
