package dev.belay.prove.internal;

import dev.belay.context.internal.Failures;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import dev.belay.engine.RevisionFailedException;
import dev.belay.prove.RevisionProof;
import dev.belay.prove.RowsPreserved;
import dev.belay.prove.SchemaRestored;
import dev.belay.prove.internal.Ladder.Seen;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One revision up, down and up again. */
final class Trial {
    private final Ladder ladder;
    private final List<Revision> before;
    private final Revision revision;
    private final OwnSteps own;
    private final long seed;
    private final long start = System.nanoTime();
    private final List<String> review = new ArrayList<>();

    Trial(Ladder ladder, List<Revision> before, Revision revision, OwnSteps own, long seed) {
        this.ladder = ladder;
        this.before = before;
        this.revision = revision;
        this.own = own;
        this.seed = seed;
    }

    RevisionProof perform() throws SQLException {
        if (own.any()) {
            ladder.rebuild(before); // without the rows of others
        } else {
            ladder.climb(before);
        }
        Optional<String> unreachable = ladder.unreachable(revision);
        if (unreachable.isPresent()) {
            return failed(false, "It was not tried: " + unreachable.get() + ".");
        }
        if (!own.bringsRows()) {
            review.addAll(ladder.fill(seed));
        }
        Optional<String> fault = own.before(ladder.database());
        if (fault.isPresent()) {
            return failedOwn(false, fault.get());
        }
        Seen first = ladder.seen();
        try {
            ladder.up(revision);
        } catch (RevisionFailedException e) {
            return isAboutRows(e) && !own.any() ? withRowsOfTheLaterSchema(e) : failedUp(e);
        }
        return taken(first);
    }

    /**
     * Made-up rows may break a rule that the revision introduces, which the real ones keep. So rows are made up under the new
     * rules and taken down with the schema; those are the ones that it is proven with.
     */
    private RevisionProof withRowsOfTheLaterSchema(RevisionFailedException failure) throws SQLException {
        ladder.rebuild(before);
        SchemaPicture schema = ladder.schema();
        try {
            ladder.up(revision);
            if (irreversible().isPresent()) {
                return taken(new Seen(schema, List.of()));
            }
            ladder.fill(seed);
        } catch (RevisionFailedException e) {
            return failedUp(e);
        }
        try {
            ladder.down(revision);
        } catch (RevisionFailedException e) {
            return withoutRows(e);
        }
        Seen first = new Seen(schema, ladder.rows());
        try {
            ladder.up(revision);
        } catch (RevisionFailedException e) {
            return failedUp(failure);
        }
        return taken(first);
    }

    /** The downgrade refuses rows that only the later schema allows: that is for a person to know, and no fault by itself. */
    private RevisionProof withoutRows(RevisionFailedException failure) throws SQLException {
        ladder.rebuild(before);
        Seen first = new Seen(ladder.schema(), List.of());
        try {
            ladder.up(revision);
        } catch (RevisionFailedException e) {
            return failedUp(e);
        }
        review.add("It was proven without rows: its downgrade refuses some that its upgrade allows. "
                + failure.getMessage());
        return taken(first);
    }

    /** The upgrade ran. */
    private RevisionProof taken(Seen first) throws SQLException {
        Optional<String> fault = own.afterUpgrade(ladder.database());
        if (fault.isPresent()) {
            return failedOwn(true, fault.get());
        }
        Optional<String> reason = irreversible();
        if (reason.isPresent()) {
            return proof(
                    true, false, reason, SchemaRestored.NO, RowsPreserved.NOT_CHECKED, List.of(), Optional.empty());
        }
        SchemaPicture there = ladder.schema();
        try {
            ladder.down(revision);
        } catch (RevisionFailedException e) {
            ladder.distrust();
            return failed(true, "The downgrade fails: " + e.getMessage());
        }
        Seen back = ladder.seen();
        List<SchemaDifference> schema = first.schema().differencesTo(back.schema());
        List<SchemaDifference> rows = RowDifferences.between(first.rows(), back.rows());
        if (!schema.isEmpty()) {
            review.addAll(Review.ofDowngrade(schema, first.schema().differencesTo(there)));
        }
        review.addAll(Review.ofRows(rows));
        List<SchemaDifference> all = new ArrayList<>(schema);
        all.addAll(rows);
        Optional<String> ownFault = own.afterDowngrade(ladder.database());
        Optional<String> error = ownFault.isPresent() ? ownFault : again(there, all);
        RevisionProof proof = proof(
                error.isEmpty() || ownFault.isPresent(),
                true,
                Optional.empty(),
                restored(schema),
                preserved(first, rows),
                all,
                error);
        if (own.any() || !proof.isReversible() || !all.isEmpty()) {
            ladder.distrust();
        }
        return proof;
    }

    /** The second upgrade; adds what it makes differently from the first. */
    private Optional<String> again(SchemaPicture there, List<SchemaDifference> all) throws SQLException {
        try {
            ladder.up(revision);
        } catch (RevisionFailedException e) {
            return Optional.of("The second upgrade, after the downgrade, fails: " + e.getMessage());
        }
        List<SchemaDifference> other = SchemaDifference.ignoringColumnOrder(there.differencesTo(ladder.schema()));
        // what the downgrade got wrong is there again; said once is enough
        other.stream().filter(difference -> !all.contains(difference)).forEach(difference -> {
            all.add(difference);
            review.add("The second upgrade gives another schema than the first: " + difference + ".");
        });
        return own.afterUpgrade(ladder.database());
    }

    private static SchemaRestored restored(List<SchemaDifference> differences) {
        if (differences.isEmpty()) {
            return SchemaRestored.YES;
        }
        return SchemaDifference.ignoringColumnOrder(differences).isEmpty()
                ? SchemaRestored.COLUMN_ORDER_ONLY
                : SchemaRestored.NO;
    }

    private static RowsPreserved preserved(Seen first, List<SchemaDifference> rows) {
        if (!rows.isEmpty()) {
            return RowsPreserved.NO;
        }
        return first.hasRows() ? RowsPreserved.YES : RowsPreserved.NOT_CHECKED;
    }

    private Optional<String> irreversible() {
        return revision.downgrade() instanceof Change.Irreversible irreversible
                ? Optional.of(irreversible.reason())
                : Optional.empty();
    }

    /** Classes 22 (data exception) and 23 (integrity constraint violation) of SQLSTATE. */
    private static boolean isAboutRows(RevisionFailedException failure) {
        return failure.getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"));
    }

    private RevisionProof failedUp(RevisionFailedException failure) throws SQLException {
        if (!isAboutRows(failure)) {
            ladder.isBroken(revision.id());
        }
        ladder.distrust();
        return failed(false, "The upgrade fails: " + Failures.words(failure));
    }

    private RevisionProof failedOwn(boolean up, String error) {
        ladder.distrust();
        return failed(up, error);
    }

    private RevisionProof failed(boolean up, String error) {
        return proof(
                up, false, irreversible(), SchemaRestored.NO, RowsPreserved.NOT_CHECKED, List.of(), Optional.of(error));
    }

    private RevisionProof proof(
            boolean up,
            boolean down,
            Optional<String> irreversible,
            SchemaRestored schema,
            RowsPreserved rows,
            List<SchemaDifference> differences,
            Optional<String> error) {
        return new RevisionProof(
                revision.id(),
                revision.description(),
                up,
                down,
                irreversible,
                schema,
                rows,
                differences,
                review,
                Duration.ofNanos(System.nanoTime() - start),
                error);
    }
}
