package dev.belay.prove;

import dev.belay.context.Cancellation;
import dev.belay.engine.MigrationEngine;
import dev.belay.prove.internal.Proofs;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.run.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Proves that each revision can be taken back: it is run up, down and up again, and the schema after the downgrade is compared
 * with the one before the upgrade, that of the second upgrade with that of the first, and the rows with those of before.
 *
 * <p>All of it happens in databases that are made beside the given one and dropped at the end; the given one is not touched. They
 * are empty at first; but where the given one has tables and none of the revisions is applied in it, the revisions build on
 * what is there, and its schema, without rows, is copied first ({@code pg_dump} does that). Its role must be allowed to create databases. Rows are made up for every table as it is before the revision.
 *
 * <p>Limitations: a downgrade that loses what was written after the upgrade (a dropped column, a dropped table) is not at fault.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Prover {
    private final Platform database;
    private final RevisionSource source;
    private final long seed;
    private final int sessions;
    private final Duration timeout;
    private final Consumer<RevisionProof> listener;
    private final Function<Revision, Optional<RevisionHook>> hooks;
    private final boolean lossless;

    private Prover(
            Platform database,
            RevisionSource source,
            long seed,
            int sessions,
            Duration timeout,
            Consumer<RevisionProof> listener,
            Function<Revision, Optional<RevisionHook>> hooks,
            boolean lossless) {
        this.database = database;
        this.source = source;
        this.seed = seed;
        this.sessions = sessions;
        this.timeout = timeout;
        this.listener = listener;
        this.hooks = hooks;
        this.lossless = lossless;
    }

    /**
     * A prover of these revisions.
     *
     * @param database beside it the databases are made, with its settings, encoding and locale
     */
    public static Prover of(RevisionSource revisions, Platform database) {
        return new Prover(
                Objects.requireNonNull(database, "database"),
                Objects.requireNonNull(revisions, "revisions"),
                1,
                Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors())),
                Duration.ZERO,
                proof -> {},
                revision -> Optional.empty(),
                false);
    }

    /** Other rows; the same seed gives the same ones. The default is 1. */
    public Prover seed(long newSeed) {
        return new Prover(database, source, newSeed, sessions, timeout, listener, hooks, lossless);
    }

    /**
     * How many databases are worked in at once. The default is the number of processors here, at least 2 and at most 4.
     *
     * @throws IllegalArgumentException when it isn't positive
     */
    public Prover parallel(int newSessions) {
        if (newSessions < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, not " + newSessions);
        }
        return new Prover(database, source, seed, newSessions, timeout, listener, hooks, lossless);
    }

    /**
     * How long all of it may take; then the statements are cancelled. The default is zero: as long as it takes.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public Prover timeout(Duration newTimeout) {
        if (newTimeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, but is " + newTimeout);
        }
        return new Prover(database, source, seed, sessions, newTimeout, listener, hooks, lossless);
    }

    /** Told of each revision as soon as it and all before it are done, in their order, by one thread at a time. */
    public Prover listener(Consumer<RevisionProof> newListener) {
        return new Prover(
                database,
                source,
                seed,
                sessions,
                timeout,
                Objects.requireNonNull(newListener, "listener"),
                hooks,
                lossless);
    }

    /** What a test does around the steps of some revisions. By default of none: rows are made up, and nothing else is looked at. */
    public Prover hooks(Function<Revision, Optional<RevisionHook>> newHooks) {
        return new Prover(
                database,
                source,
                seed,
                sessions,
                timeout,
                listener,
                Objects.requireNonNull(newHooks, "hooks"),
                lossless);
    }

    /**
     * Keeps what a revision destroys and gives it back when it is undone, as a plan that is {@code lossless()} does; by default it
     * doesn't.
     */
    public Prover lossless() {
        return new Prover(database, source, seed, sessions, timeout, listener, hooks, true);
    }

    /**
     * Proves all revisions; in an order in which each comes after its parents.
     *
     * @throws dev.belay.revision.RevisionException when the revisions can't be read
     * @throws dev.belay.context.RunCancelledException when the time is over or the thread is interrupted
     * @throws ProofFailedException when the databases can't be made
     */
    public List<RevisionProof> prove() {
        return prove(revision -> true);
    }

    /**
     * Proves one revision, on top of all that come before it.
     *
     * @param id its id or a unique prefix of it
     * @throws dev.belay.revision.RevisionException when there is none
     */
    public RevisionProof prove(String id) {
        String found = engine().graph().find(id).id();
        return prove(revision -> revision.id().equals(found)).get(0);
    }

    /**
     * Proves those that are chosen, each on top of all that come before it.
     *
     * @throws dev.belay.revision.RevisionException when the revisions can't be read
     */
    public List<RevisionProof> prove(Predicate<Revision> which) {
        return proofs().prove(which, hooks, listener);
    }

    /**
     * Proves all of them together: from nothing to all, back as far as none is irreversible, and up again; with the rows that
     * the revisions themselves write.
     *
     * @throws dev.belay.revision.RevisionException when the revisions can't be read
     * @throws dev.belay.context.RunCancelledException when the time is over or the thread is interrupted
     * @throws ProofFailedException when the databases can't be made
     */
    public LadderProof proveLadder() {
        return proofs().proveLadder();
    }

    private Proofs proofs() {
        return new Proofs(
                database,
                engine(),
                seed,
                sessions,
                lossless,
                timeout.isZero() ? Cancellation.withoutTimeout() : Cancellation.after(timeout));
    }

    /** The revisions are read once: what is proven is what was read. */
    private MigrationEngine engine() {
        return database.engine(source.read());
    }
}
