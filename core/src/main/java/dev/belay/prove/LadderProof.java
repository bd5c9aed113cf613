package dev.belay.prove;

import dev.belay.database.SchemaDifference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of all revisions together: from nothing to all of them, back to the floor, and up again. Immutable.
 *
 * @param floor the irreversible revisions and what they build on, which stay; empty when everything can be taken back, and
 *     the floor is the base
 * @param up why the upgrade from nothing failed; empty when it ran
 * @param down why the downgrade failed; empty when it ran, or was not tried
 * @param again why the second upgrade failed; empty when it ran, or was not tried
 * @param left in what the database at the floor differs after the downgrade from the one before the upgrade: the schema, then the rows
 * @param second in what the second upgrade's schema differs from the first's, then in which tables the number of rows does
 * @param duration how long it took
 * @since 0.1
 */
public record LadderProof(
        List<String> floor,
        Optional<String> up,
        Optional<String> down,
        Optional<String> again,
        List<SchemaDifference> left,
        List<SchemaDifference> second,
        Duration duration) {
    /** Copies. */
    public LadderProof {
        floor = List.copyOf(floor);
        left = List.copyOf(left);
        second = List.copyOf(second);
    }

    /** Whether the downgrade ran and left nothing behind; another order of columns is no trace. */
    public boolean leavesNoTrace() {
        return up.isEmpty()
                && down.isEmpty()
                && SchemaDifference.ignoringColumnOrder(left).isEmpty();
    }

    /** Whether the second upgrade came out like the first; another order of columns is no difference. */
    public boolean isRepeatable() {
        return up.isEmpty()
                && down.isEmpty()
                && again.isEmpty()
                && SchemaDifference.ignoringColumnOrder(second).isEmpty();
    }
}
