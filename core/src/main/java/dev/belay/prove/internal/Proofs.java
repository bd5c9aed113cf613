package dev.belay.prove.internal;

import dev.belay.context.Cancellation;
import dev.belay.context.RunCancelledException;
import dev.belay.context.internal.Failures;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.prove.LadderProof;
import dev.belay.prove.ProofFailedException;
import dev.belay.prove.RevisionHook;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Revision;
import dev.belay.run.Platform;
import dev.belay.run.internal.InterruptibleCall;
import dev.belay.run.internal.Leftovers;
import dev.belay.run.internal.RunIds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Proves many revisions, several at a time: each session climbs through a part of them. */
public final class Proofs {
    private final Platform home;
    private final MigrationEngine engine;
    private final long seed;
    private final int sessions;
    private final boolean lossless;
    private final Cancellation cancellation;
    private final String runId = RunIds.next();

    public Proofs(
            Platform home,
            MigrationEngine engine,
            long seed,
            int sessions,
            boolean lossless,
            Cancellation cancellation) {
        this.home = home;
        this.engine = engine;
        this.seed = seed;
        this.sessions = sessions;
        this.lossless = lossless;
        this.cancellation = cancellation;
    }

    /** Proves those that are chosen, and tells of them in their order. */
    public List<RevisionProof> prove(
            Predicate<Revision> which,
            Function<Revision, Optional<RevisionHook>> hooks,
            Consumer<RevisionProof> listener) {
        return InterruptibleCall.of(() -> provenTogether(which, hooks, listener), cancellation);
    }

    /** Goes up through all of them, down and up again. */
    public LadderProof proveLadder() {
        return InterruptibleCall.of(
                () -> {
                    dropLeftovers();
                    try (Ladder ladder = ladder("ladder", buildsOnSchema())) {
                        return new WholeLadder(ladder, engine.graph()).perform();
                    } catch (SQLException e) {
                        throw notProven(e);
                    }
                },
                cancellation);
    }

    private List<RevisionProof> provenTogether(
            Predicate<Revision> which,
            Function<Revision, Optional<RevisionHook>> hooks,
            Consumer<RevisionProof> listener) {
        List<Revision> all = engine.graph().inOrder();
        List<Integer> chosen = IntStream.range(0, all.size())
                .filter(i -> which.test(all.get(i)))
                .boxed()
                .toList();
        dropLeftovers();
        boolean onSchema = buildsOnSchema();
        int parts = Math.min(sessions, chosen.size());
        Function<Revision, OwnSteps> steps = revision -> new OwnSteps(hooks.apply(revision), cancellation);
        InOrder results = new InOrder(chosen.size(), listener);
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, parts), task -> {
            Thread thread = new Thread(task, "belay-prove");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                int from = part * chosen.size() / parts;
                int to = (part + 1) * chosen.size() / parts;
                String label = "prove" + (part + 1);
                futures.add(threads.submit(() ->
                        climb(() -> ladder(label, onSchema), all, chosen.subList(from, to), from, steps, results)));
            }
            await(futures);
        } finally {
            threads.shutdown();
        }
        return results.all();
    }

    private void climb(
            Supplier<Ladder> made,
            List<Revision> all,
            List<Integer> places,
            int first,
            Function<Revision, OwnSteps> steps,
            InOrder results) {
        try (Ladder ladder = made.get()) {
            for (int i = 0; i < places.size(); i++) {
                cancellation.check();
                int place = places.get(i);
                Revision revision = all.get(place);
                Trial trial = new Trial(ladder, all.subList(0, place), revision, steps.apply(revision), seed);
                results.put(first + i, trial.perform());
            }
        } catch (SQLException e) {
            throw notProven(e);
        }
    }

    private Ladder ladder(String label, boolean onSchema) {
        return new Ladder(home, engine, runId, cancellation, label, onSchema, lossless);
    }

    /**
     * Revisions that were never run in a database that isn't empty build on what is there; else they begin with nothing, and
     * made all that is there.
     */
    private boolean buildsOnSchema() {
        try {
            EngineState state = engine.state(home);
            return state.applied().isEmpty()
                    && state.partial().isEmpty()
                    && !home.observations().isEmpty(home);
        } catch (SQLException e) {
            throw unprovable(e);
        }
    }

    private ProofFailedException unprovable(SQLException e) {
        return new ProofFailedException(
                "Nothing could be proven beside " + home.location() + ": " + Failures.words(e)
                        + ". Nothing was changed.",
                e);
    }

    private ProofFailedException notProven(SQLException failure) {
        cancellation.check();
        return new ProofFailedException(
                "The revisions could not be proven beside " + home.location() + ": " + Failures.words(failure)
                        + ". The database itself was not touched.",
                failure);
    }

    /** Waits for all, also when one fails: then the others end soon, and its failure is told. */
    private void await(List<Future<?>> futures) {
        Optional<Throwable> first = Optional.empty();
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (first.isEmpty() || first.get() instanceof RunCancelledException) {
                    first = Optional.of(cause);
                }
                cancellation.cancel(Cancellation.Reason.INTERRUPTED);
            } catch (InterruptedException e) {
                cancellation.cancel(Cancellation.Reason.INTERRUPTED);
            }
        }
        if (first.isPresent()) {
            Throwable failure = first.get();
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
    }

    /** What a killed run left, unless another one is under way. */
    private void dropLeftovers() {
        try {
            Leftovers.drop(home, new ProofContext(runId, cancellation, home, false));
        } catch (SQLException e) {
            throw unprovable(e);
        }
    }
}
