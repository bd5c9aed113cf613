package dev.belay.testkit.assertj;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.RevisionSource;
import dev.belay.run.Platform;
import dev.belay.testkit.assertj.internal.CurrentRevisions;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.Objects;
import java.util.Optional;

/**
 * Proves one revision and asserts what came of it; made-up rows are in the tables. Each assertion proves anew. Immutable.
 *
 * @since 0.1
 */
public final class RevisionAssert {
    private final String id;
    private final Optional<RevisionSource> revisions;
    private final Optional<Platform> database;

    RevisionAssert(String id) {
        this(Objects.requireNonNull(id, "id"), CurrentRevisions.get(), Optional.empty());
    }

    private RevisionAssert(String id, Optional<RevisionSource> revisions, Optional<Platform> database) {
        this.id = id;
        this.revisions = revisions;
        this.database = database;
    }

    /** The revisions among which it is. By default those of the test's class. */
    public RevisionAssert of(RevisionSource newRevisions) {
        return new RevisionAssert(id, Optional.of(newRevisions), database);
    }

    /**
     * The database beside which the throwaway ones are made; it is not touched itself. By default one on
     * {@link PostgresServers#shared()}.
     */
    public RevisionAssert on(Platform newDatabase) {
        return new RevisionAssert(id, revisions, Optional.of(newDatabase));
    }

    /**
     * Its downgrade takes back what its upgrade did; another order of columns is no loss.
     *
     * @throws IllegalStateException when it is not said among which revisions it is
     * @throws dev.belay.revision.RevisionException when the revisions can't be read, or it is not among them
     */
    public RevisionAssert isReversible() {
        new RevisionProofAssert(proof()).isReversible();
        return this;
    }

    /** It is reversible, or says itself why it is not and its upgrade runs. Throws as {@link #isReversible}. */
    public RevisionAssert isSound() {
        new RevisionProofAssert(proof()).isSound();
        return this;
    }

    private RevisionProof proof() {
        RevisionSource source = revisions.orElseThrow(
                () -> new IllegalStateException("Among which revisions is " + id + "? Say assertThatRevision(\"" + id
                        + "\").of(Revisions.onClasspath(\"db/revisions\")), or annotate the test's class with"
                        + " @ReversibleRevisions(\"db/revisions\")."));
        if (database.isPresent()) {
            return Prover.of(source, database.get()).prove(id);
        }
        PostgresServer server = PostgresServers.shared();
        String name = server.createUniqueDatabase("belay_assert");
        try {
            return Prover.of(source, PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password()))
                    .prove(id);
        } finally {
            server.dropDatabase(name);
        }
    }
}
