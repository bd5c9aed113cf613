package dev.belay.run.internal;

import dev.belay.context.internal.Failures;
import dev.belay.database.AuditTrail;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.FailureMark;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.UnsettledHistoryException;
import dev.belay.report.Outcome;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.run.Platform;
import dev.belay.run.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a migration that another tool marked as failed left behind, and sets the tool's history right when that is proven.
 *
 * <p>The proof is the schema: the revisions are run from empty in a scratch database, once up to each state that the mark allows, and
 * the database has to look like exactly one of these in all that the revisions between them touch; where their files may have been
 * edited since, in everything.
 */
final class Settlement {
    private final Settings settings;
    private final Platform database;
    private final MigrationEngine engine;
    private final Recorder run;

    Settlement(Settings settings, Recorder run) {
        this.settings = settings;
        this.database = settings.database();
        this.engine = settings.engine();
        this.run = run;
    }

    /**
     * What was found.
     *
     * @param state with no mark any more
     * @param outcome what became of the migration; empty when none was marked
     */
    record Settled(EngineState state, Optional<Outcome> outcome) {}

    /**
     * With the lock held.
     *
     * @param through the way to this database
     * @throws UnsettledHistoryException when the schema doesn't prove how far it came; the history is as it was
     */
    Settled settle(EngineState state, Database through, RunLock lock) throws SQLException {
        if (state.failed().isEmpty()) {
            return new Settled(state, Optional.empty());
        }
        var context = new Contexts.ForEngine(run, settings, database, Optional.of(lock), unused -> {});
        return run.step(Step.RECOVERY, () -> {
            try (MigrationEngine.Held held = engine.holdTool(state.failed().get(), context)) {
                EngineState now = engine.state(through); // the tool may have been at work, and have ended
                return now.failed().isPresent()
                        ? settle(now.failed().get(), now, through, context)
                        : new Settled(now, Optional.empty());
            }
        });
    }

    private Settled settle(FailureMark mark, EngineState state, Database through, EngineContext context)
            throws SQLException {
        List<String> found = find(mark, state);
        context.checkLock();
        engine.settle(mark, found, context);
        boolean before = found.size() == state.applied().size();
        String at = found.isEmpty() ? "base" : found.get(found.size() - 1);
        run.note(mark.words() + " The schema proves that "
                + (before ? "nothing of it is in the database" : "the database is at " + at)
                + ": the history now says so.");
        database.auditTrail()
                .write(
                        database,
                        List.of(new AuditTrail.Entry(
                                run.runId(),
                                Instant.now(),
                                "failure-mark-cleared",
                                Map.of("tool", mark.tool(), "revision", mark.revision(), "at", at))));
        return new Settled(engine.state(through), Optional.of(before ? Outcome.ROLLED_BACK : Outcome.APPLIED));
    }

    /** A state that the mark allows, and what a schema made by the revisions looks like there. */
    private record Candidate(List<String> applied, SchemaPicture schema) {
        String words() {
            return applied.isEmpty() ? "base" : applied.get(applied.size() - 1);
        }
    }

    private List<String> find(FailureMark mark, EngineState state) throws SQLException {
        RevisionGraph graph = engine.graph();
        Set<String> words = words(mark, graph);
        if (state.applied().stream().anyMatch(AppliedRevision::stamped)) {
            throw new UnsettledHistoryException(
                    mark,
                    "What is applied was not all made by the revisions, so that they can't show how it should look.");
        }
        List<Candidate> candidates = candidates(mark, graph);
        Set<String> touched = new HashSet<>();
        for (int i = 1; i < candidates.size(); i++) {
            candidates
                    .get(i - 1)
                    .schema()
                    .differencesTo(candidates.get(i).schema())
                    .forEach(difference -> touched.add(difference.object()));
        }
        SchemaPicture now = database.observations().schema(database);
        List<Candidate> alike = new ArrayList<>();
        List<String> unlike = new ArrayList<>();
        for (Candidate candidate : candidates) {
            List<SchemaDifference> differences =
                    SchemaDifference.ignoringColumnOrder(candidate.schema().differencesTo(now)).stream()
                            .filter(difference ->
                                    !mark.sameFile() || SchemaTraces.isOf(difference.object(), touched, words))
                            .toList();
            if (differences.isEmpty()) {
                alike.add(candidate);
            } else {
                unlike.add(candidate.words() + ": " + SchemaDifference.join(differences));
            }
        }
        if (alike.size() == 1) {
            return alike.get(0).applied();
        }
        throw new UnsettledHistoryException(
                mark,
                alike.isEmpty()
                        ? "It is there in part, or something else was changed. Compared with the schema at "
                                + String.join(", and at ", unlike) + "."
                        : "The schema doesn't tell whether it is there.");
    }

    /** All words in the scripts whose effect is in question. */
    private Set<String> words(FailureMark mark, RevisionGraph graph) {
        Set<String> open = new LinkedHashSet<>();
        mark.candidates().forEach(open::addAll);
        mark.candidates().get(0).forEach(open::remove); // these are in all of them
        Set<String> words = new HashSet<>();
        for (String id : open) {
            if (graph.get(id).isEmpty()) {
                throw new UnsettledHistoryException(
                        mark, "The file of " + id + " is not there, so that it isn't known what it does.");
            }
            words.addAll(engine.traces(id)
                    .orElseThrow(() -> new UnsettledHistoryException(
                            mark, "Revision " + id + " does more than a schema shows, such as writing rows.")));
        }
        return words;
    }

    private List<Candidate> candidates(FailureMark mark, RevisionGraph graph) throws SQLException {
        Database scratch = database.copies().create(database, "settle", run);
        try {
            var context = new Contexts.ForEngine(run, settings, scratch, Optional.empty(), unused -> {});
            engine.prepare(scratch);
            List<Candidate> candidates = new ArrayList<>();
            Set<String> done = new LinkedHashSet<>();
            for (List<String> applied : mark.candidates()) {
                List<String> steps =
                        applied.stream().filter(id -> !done.contains(id)).toList();
                Set<String> before = heads(done, graph);
                done.addAll(steps);
                try {
                    engine.run(new Route(Direction.UP, steps, before, heads(done, graph)), context);
                } catch (RevisionFailedException e) {
                    if (candidates.isEmpty()) {
                        throw new UnsettledHistoryException(
                                mark,
                                "The revisions can't be run from empty to compare the schema: " + Failures.words(e));
                    }
                    break; // it fails here as it did there: then it isn't there as a whole
                }
                candidates.add(new Candidate(applied, database.observations().schema(scratch)));
            }
            return candidates;
        } finally {
            database.copies().drop(scratch);
        }
    }

    private static Set<String> heads(Set<String> applied, RevisionGraph graph) {
        Set<String> heads = new LinkedHashSet<>(applied);
        applied.forEach(id -> graph.get(id).map(Revision::parents).ifPresent(heads::removeAll));
        return heads;
    }
}
