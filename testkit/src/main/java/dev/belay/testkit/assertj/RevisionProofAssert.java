package dev.belay.testkit.assertj;

import dev.belay.prove.RevisionProof;
import dev.belay.testkit.assertj.internal.ReviewText;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what became of a revision when it was proven. @since 0.1 */
public final class RevisionProofAssert extends AbstractAssert<RevisionProofAssert, RevisionProof> {
    RevisionProofAssert(RevisionProof actual) {
        super(actual, RevisionProofAssert.class);
    }

    /** Its downgrade takes back what its upgrade did; another order of columns is no loss. */
    public RevisionProofAssert isReversible() {
        isNotNull();
        if (!actual.isReversible()) {
            throw fault("can't be taken back");
        }
        return this;
    }

    /** It is reversible, or says itself why it is not and its upgrade runs. */
    public RevisionProofAssert isSound() {
        isNotNull();
        if (!actual.isSound()) {
            throw fault("can't be taken back");
        }
        return this;
    }

    /** Not even the order of columns is another after its downgrade. */
    public RevisionProofAssert restoresColumnOrder() {
        isReversible();
        if (!actual.differences().isEmpty()) {
            throw fault("leaves another order of columns");
        }
        return this;
    }

    private AssertionError fault(String verdict) {
        return failureWithActualExpected(
                ReviewText.after(actual.differences()),
                ReviewText.before(actual.differences()),
                "%s",
                ReviewText.of(actual, verdict));
    }
}
