package dev.belay.prove;

import dev.belay.database.SchemaDifference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one revision when it was proven. Immutable.
 *
 * @param revision its id
 * @param description its description
 * @param up whether its upgrade ran, both times
 * @param down whether its downgrade ran
 * @param irreversible why it has no downgrade, where it says so itself
 * @param schemaRestored whether the schema after the downgrade is that of before the upgrade
 * @param rowsPreserved whether the rows after the downgrade are those of before the upgrade
 * @param differences what differs, first in the schema, then in the rows (kind {@code rows}), then between the first and the
 *     second upgrade
 * @param review the same for a person: what differs and the likely cause, a sentence each; also what could not be checked
 * @param duration how long it took
 * @param error why the upgrade or the downgrade failed; without values of rows
 * @since 0.1
 */
public record RevisionProof(
        String revision,
        String description,
        boolean up,
        boolean down,
        Optional<String> irreversible,
        SchemaRestored schemaRestored,
        RowsPreserved rowsPreserved,
        List<SchemaDifference> differences,
        List<String> review,
        Duration duration,
        Optional<String> error) {
    /** Copies. */
    public RevisionProof {
        Objects.requireNonNull(revision, "revision");
        differences = List.copyOf(differences);
        review = List.copyOf(review);
    }

    /** Whether its downgrade takes back what its upgrade did; another order of columns is no loss. */
    public boolean isReversible() {
        return up
                && down
                && error.isEmpty()
                && schemaRestored != SchemaRestored.NO
                && rowsPreserved != RowsPreserved.NO
                && SchemaDifference.ignoringColumnOrder(differences).isEmpty();
    }

    /** Whether it is as it should be: reversible, or it says itself why it is not. */
    public boolean isSound() {
        return isReversible() || (up && error.isEmpty() && irreversible.isPresent());
    }

    /** Some lines for a person. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(isSound() ? "ok    " : "FAULT ").append(revision);
        if (!description.isEmpty()) {
            text.append(" ").append(description);
        }
        irreversible.ifPresent(
                reason -> text.append(" (irreversible: ").append(reason).append(")"));
        error.ifPresent(message -> text.append("\n      ").append(message));
        review.forEach(line -> text.append("\n      ").append(line));
        return text.toString();
    }
}
