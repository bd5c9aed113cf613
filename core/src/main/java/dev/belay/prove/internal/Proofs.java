package dev.belay.prove.internal;

import dev.belay.context.Cancellation;
import dev.belay.context.RunCancelledException;
import dev.belay.context.internal.Failures;
import dev.belay.database.RunLock;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.prove.ProofFailedException;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Revision;
import dev.belay.run.Platform;
import dev.belay.run.internal.InterruptibleCall;
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
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Proves many revisions, several at a time: each session climbs through a part of them. */
public final class Proofs {
    private final Platform home;
    private final MigrationEngine engine;
    private final long seed;
    private final int sessions;
    private final Cancellation cancellation;
    private final String runId = RunIds.next();

    public Proofs(Platform home, MigrationEngine engine, long seed, int sessions, Cancellation cancellation) {
        this.home = home;
        this.engine = engine;
        this.seed = seed;
        this.sessions = sessions;
        this.cancellation = cancellation;
    }

    /** Proves those that are chosen, and tells of them in their order. */
    public List<RevisionProof> prove(Predicate<Revision> which, Consumer<RevisionProof> listener) {
        return InterruptibleCall.of(() -> provenTogether(which, listener), cancellation);
    }

    private List<RevisionProof> provenTogether(Predicate<Revision> which, Consumer<RevisionProof> listener) {
        List<Revision> all = engine.graph().inOrder();
        List<Integer> chosen = IntStream.range(0, all.size())
                .filter(i -> which.test(all.get(i)))
                .boxed()
                .toList();
        dropLeftovers();
        boolean onSchema = buildsOnSchema();
        int parts = Math.min(sessions, chosen.size());
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
                futures.add(threads.submit(() -> climb(label, onSchema, all, chosen, from, to, results)));
            }
            await(futures);
        } finally {
            threads.shutdown();
        }
        return results.all();
    }

    private void climb(
            String label,
            boolean onSchema,
            List<Revision> all,
            List<Integer> chosen,
            int from,
            int to,
            InOrder results) {
        try (Ladder ladder = new Ladder(home, engine, runId, cancellation, label, onSchema)) {
            for (int i = from; i < to; i++) {
                cancellation.check();
                int place = chosen.get(i);
                results.put(i, new Trial(ladder, all.subList(0, place), all.get(place), seed, cancellation).perform());
            }
        } catch (SQLException e) {
            cancellation.check();
            throw new ProofFailedException(
                    "The revisions could not be proven beside " + home.location() + ": " + Failures.words(e)
                            + ". The database itself was not touched.",
                    e);
        }
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
        ProofContext context = new ProofContext(runId, cancellation, home);
        try {
            if (!home.copies().hasLeftovers(home)) {
                return;
            }
            Optional<RunLock> free = home.tryLock(context);
            if (free.isPresent()) {
                try (RunLock lock = free.get()) {
                    lock.check();
                    home.copies().dropLeftovers(home, context);
                }
            }
        } catch (SQLException e) {
            throw unprovable(e);
        }
    }
}
