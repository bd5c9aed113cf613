package dev.belay.testkit.junit.internal;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.prove.LadderProof;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionHook;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Revision;
import dev.belay.testkit.junit.internal.OwnMethods.OwnHook;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One run of a class's tests. The revisions are proven several at a time as soon as the first is asked for, and the whole way
 * up and down beside them; each test waits for its own answer. Used by one thread.
 */
final class Session implements AutoCloseable {
    private final RevisionClass revisions;
    private final Map<String, CompletableFuture<RevisionProof>> proofs = new LinkedHashMap<>();
    private final Map<String, OwnHook> hooks = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "belay-revisions");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<LadderProof> ladder = new CompletableFuture<>();
    private boolean proving;
    private boolean climbing;
    private final List<String> homes = new ArrayList<>();

    /**
     * A session; it opens nothing before it is asked.
     *
     * @param chosen the ids of those revisions whose tests are run
     */
    Session(RevisionClass revisions, Set<String> chosen) {
        this.revisions = revisions;
        chosen.forEach(id -> proofs.put(id, new CompletableFuture<>()));
    }

    RevisionProof proof(String revision) throws InterruptedException {
        if (!proving) {
            proving = true;
            Prover prover = prover().hooks(this::hook)
                    .listener(proof -> future(proof.revision()).complete(proof));
            threads.execute(() -> {
                try {
                    prover.prove(each -> proofs.containsKey(each.id()));
                } catch (RuntimeException | Error e) {
                    proofs.values().forEach(future -> future.completeExceptionally(e));
                }
            });
        }
        return await(future(revision));
    }

    private CompletableFuture<RevisionProof> future(String revision) {
        return Objects.requireNonNull(proofs.get(revision), revision);
    }

    LadderProof ladder() throws InterruptedException {
        if (!climbing) {
            climbing = true;
            Prover prover = prover();
            threads.execute(() -> {
                try {
                    ladder.complete(prover.proveLadder());
                } catch (RuntimeException | Error e) {
                    ladder.completeExceptionally(e);
                }
            });
        }
        return await(ladder);
    }

    /** What a method of the class threw when it was called for this revision. */
    Optional<Throwable> thrown(String revision) {
        return Optional.ofNullable(hooks.get(revision)).flatMap(OwnHook::thrown);
    }

    private Optional<RevisionHook> hook(Revision revision) {
        Optional<OwnHook> hook = revisions.methods().hook(revision.id());
        hook.ifPresent(found -> hooks.put(revision.id(), found));
        return hook.map(RevisionHook.class::cast);
    }

    private Prover prover() {
        PostgresServer server = PostgresServers.shared();
        // one for each: a prover drops what it finds left beside its own
        String home = server.createUniqueDatabase("belay_revisions");
        homes.add(home);
        return Prover.of(
                        () -> revisions.graph().inOrder(),
                        PostgresDatabase.at(server.jdbcUrl(home), server.user(), server.password()))
                .seed(revisions.seed());
    }

    private static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
        }
    }

    /** Ends what is still under way, and drops what was made. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            // an interrupted prover cancels its statements and drops its databases
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(
                        "The proof of " + revisions.type().getName() + " does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            homes.forEach(home -> PostgresServers.shared().dropDatabase(home));
        }
    }
}
