package dev.belay.testkit.junit.internal;

import dev.belay.BelayException;
import dev.belay.database.SchemaDifference;
import dev.belay.prove.LadderProof;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.MultipleHeadsException;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Target;
import dev.belay.testkit.assertj.internal.ReviewText;
import dev.belay.testkit.junit.ReversibleRevisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The tests of a class.
 *
 * @param revisions the class; without revisions when it is not as it should be
 * @param all its tests, in the order in which a reader wants to hear of them
 */
record Checks(RevisionClass revisions, List<Check> all) {
    static final String REVISION = "revision-";
    private static final String DOWNGRADES = "every revision has a downgrade or says why not";

    /** All of them; a single one that fails when the revisions can't be read, or the class is not as it should be. */
    static Checks of(Class<?> type, ReversibleRevisions annotation) {
        try {
            RevisionClass revisions = RevisionClass.of(type, annotation);
            return new Checks(revisions, of(revisions.graph()));
        } catch (MalformedRevisionException e) {
            return failing(type, "downgrades", DOWNGRADES, e);
        } catch (BelayException e) {
            return failing(type, "set-up", "the revisions can be read", e);
        }
    }

    private static Checks failing(Class<?> type, String id, String name, BelayException failure) {
        return new Checks(RevisionClass.withoutRevisions(type), List.of(new Check(id, name, session -> {
            throw failure;
        })));
    }

    private static List<Check> of(RevisionGraph graph) {
        List<Check> all = new ArrayList<>();
        all.add(new Check("single-head", "there is a single head", session -> singleHead(graph)));
        // a revision without one that doesn't say so was refused when it was read
        all.add(new Check("downgrades", DOWNGRADES, session -> {}));
        all.add(new Check("upgrade", "all revisions upgrade an empty database", session -> upgrade(session.ladder())));
        graph.inOrder().forEach(revision -> all.add(revision(revision)));
        String floor = graph.inOrder().stream()
                .filter(revision -> !revision.reversible())
                .reduce((first, second) -> second)
                .map(revision -> "the irreversible " + revision.id())
                .orElse("base");
        all.add(new Check("base", "down to " + floor + " leaves no trace", session -> noTrace(session.ladder())));
        all.add(new Check("ladder", "all up, all down, all up again", session -> repeatable(session.ladder())));
        return all;
    }

    private static Check revision(Revision revision) {
        String steps = revision.downgrade() instanceof Change.Irreversible irreversible
                ? ": up (irreversible: " + irreversible.reason() + ")"
                : ": up, down and up again";
        String description = revision.description().isEmpty() ? "" : " " + revision.description();
        return new Check(
                REVISION + revision.id(),
                revision.id() + description + steps,
                Optional.of(revision.origin()),
                session -> reversible(revision, session));
    }

    private static void singleHead(RevisionGraph graph) {
        try {
            graph.up(Target.head(), List.of());
        } catch (MultipleHeadsException e) {
            throw new AssertionFailedError(e.getMessage(), e);
        }
    }

    private static void upgrade(LadderProof proof) {
        if (proof.up().isPresent()) {
            throw new AssertionFailedError(
                    "The upgrade of an empty database fails. " + proof.up().get());
        }
    }

    private static void reversible(Revision revision, Session session) throws InterruptedException {
        RevisionProof proof = session.proof(revision.id());
        if (!proof.isSound()) {
            throw new AssertionFailedError(
                    ReviewText.of(proof, proof.up() ? "can't be taken back" : "can't be applied") + "\n"
                            + revision.origin(),
                    ReviewText.before(proof.differences()),
                    ReviewText.after(proof.differences()),
                    session.thrown(revision.id()).orElse(null));
        }
    }

    private static void noTrace(LadderProof proof) {
        abortUnless(proof.up().isEmpty(), "the upgrade of an empty database fails, see that test");
        if (proof.down().isPresent()) {
            throw new AssertionFailedError("The way down from the head to " + ReviewText.floor(proof) + " fails. "
                    + proof.down().get());
        }
        if (!proof.leavesNoTrace()) {
            throw differing(ReviewText.ofTrace(proof), proof.left());
        }
    }

    private static void repeatable(LadderProof proof) {
        abortUnless(proof.up().isEmpty(), "the upgrade of an empty database fails, see that test");
        abortUnless(proof.down().isEmpty(), "the way down fails, see that test");
        if (proof.again().isPresent()) {
            throw new AssertionFailedError("The second upgrade from " + ReviewText.floor(proof)
                    + ", after the downgrade, fails. " + proof.again().get());
        }
        if (!proof.isRepeatable()) {
            throw differing(ReviewText.ofRepetition(proof), proof.second());
        }
    }

    private static AssertionFailedError differing(String message, List<SchemaDifference> differences) {
        return new AssertionFailedError(message, ReviewText.before(differences), ReviewText.after(differences));
    }

    private static void abortUnless(boolean possible, String reason) {
        if (!possible) {
            throw new TestAbortedException("Not tried: " + reason + ".");
        }
    }
}
