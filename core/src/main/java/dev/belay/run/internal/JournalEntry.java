package dev.belay.run.internal;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run says before it acts: enough for another process to find out what became of it, and to finish or undo it.
 *
 * @param version of this form
 * @param sequence counts the entries of a run; the later one is true where two places differ
 * @param runId the run
 * @param startedAt when it began, by its own clock; only for people
 * @param work what it was asked for
 * @param act what it is about to do
 * @param target the revision it was on its way to, as a target that doesn't depend on what is applied
 * @param before the revisions that were applied before
 * @param half the revision that was half done before
 * @param steps what it is going to apply or to take back
 * @param backup the id of the backup that it took or restores; empty for none
 * @param backupLocation where that is, for people
 * @param schema the digest of the schema before; empty until the change is about to begin
 * @param remembered what the validators remembered of the database before the change, by their place and name
 */
record JournalEntry(
        int version,
        int sequence,
        String runId,
        String startedAt,
        Work work,
        Act act,
        String target,
        List<String> before,
        @Nullable Half half,
        List<String> steps,
        String backup,
        String backupLocation,
        String schema,
        Map<String, Map<String, String>> remembered) {
    /** What a run was asked for. */
    enum Work {
        UPGRADE,
        DOWNGRADE,
        RESTORE
    }

    /** What a run is about to do. */
    enum Act {
        /** Everything that leaves the database as it is: preflight, backup, proof, test run. */
        PREPARE,
        /** The change, and its validation. */
        APPLY,
        /** The way back by the configured strategy. */
        ROLLBACK,
        /** The restore beside, and the swap. */
        RESTORE
    }

    /** A half done revision. */
    record Half(String revision, Direction direction, int statements) {}

    private static final int VERSION = 1;
    private static final Gson GSON = new Gson();

    static JournalEntry begin(String runId, String startedAt, Target target, EngineState before, Route route) {
        return new JournalEntry(
                VERSION,
                1,
                runId,
                startedAt,
                route.direction() == Direction.UP ? Work.UPGRADE : Work.DOWNGRADE,
                Act.PREPARE,
                absolute(target, route),
                before.ids(),
                before.partial()
                        .map(half -> new Half(half.revision(), half.direction(), half.statementsDone()))
                        .orElse(null),
                route.steps(),
                "",
                "",
                "",
                Map.of());
    }

    /** As {@link #begin}, for a run that goes on with an earlier one's change: it set out from where that one did. */
    JournalEntry goneOnWith(JournalEntry next) {
        Set<String> all = new LinkedHashSet<>(steps);
        all.addAll(next.steps);
        return new JournalEntry(
                next.version,
                next.sequence,
                next.runId,
                next.startedAt,
                next.work,
                next.act,
                next.target,
                before,
                half,
                List.copyOf(all),
                backup,
                backupLocation,
                schema,
                remembered);
    }

    static JournalEntry restore(String runId, String startedAt, String backup, String location) {
        return new JournalEntry(
                VERSION,
                1,
                runId,
                startedAt,
                Work.RESTORE,
                Act.RESTORE,
                "",
                List.of(),
                null,
                List.of(),
                backup,
                location,
                "",
                Map.of());
    }

    /** {@code +1} means another revision once one more is applied. */
    private static String absolute(Target target, Route route) {
        String text = target.toString();
        if (!text.startsWith("+") && !text.startsWith("-")) {
            return text;
        }
        Set<String> to = route.to();
        return to.isEmpty() ? "base" : to.size() == 1 ? to.iterator().next() : "heads";
    }

    /** The same work, gone on with by another run. */
    JournalEntry takenOverBy(String run) {
        return new JournalEntry(
                version,
                sequence,
                run,
                startedAt,
                work,
                act,
                target,
                before,
                half,
                steps,
                backup,
                backupLocation,
                schema,
                remembered);
    }

    JournalEntry about(Act next) {
        return with(next, backup, backupLocation, schema, remembered);
    }

    JournalEntry with(
            Act next,
            String backupId,
            String location,
            String digest,
            Map<String, Map<String, String>> validatorsRemembered) {
        return new JournalEntry(
                version,
                sequence + 1,
                runId,
                startedAt,
                work,
                next,
                target,
                before,
                half,
                steps,
                backupId,
                location,
                digest,
                validatorsRemembered);
    }

    Optional<Partial> halfBefore() {
        return Optional.ofNullable(half).map(h -> new Partial(h.revision(), h.direction(), h.statements()));
    }

    /** Whether the database may be neither as it was nor as it will stay. */
    boolean hasBegunToChange() {
        return act != Act.PREPARE;
    }

    /** Whether a state is that from which the run set out. */
    boolean isBefore(EngineState now) {
        return Set.copyOf(now.ids()).equals(Set.copyOf(before)) && now.partial().equals(halfBefore());
    }

    /** Whether a state is that to which it wanted. */
    boolean isAfter(EngineState now) {
        Set<String> wanted = new TreeSet<>(before);
        if (work == Work.UPGRADE) {
            wanted.addAll(steps);
        } else {
            steps.forEach(wanted::remove);
        }
        return now.partial().isEmpty() && Set.copyOf(now.ids()).equals(wanted);
    }

    /** Whether a state lies on the way between the two: nobody but this run can have made it. */
    boolean isOnTheWay(EngineState now) {
        Set<String> least = new TreeSet<>(before);
        Set<String> most = new TreeSet<>(before);
        if (work == Work.UPGRADE) {
            most.addAll(steps);
        } else {
            steps.forEach(least::remove);
        }
        boolean halfIsOurs = now.partial().equals(halfBefore())
                || now.partial().filter(half -> steps.contains(half.revision())).isPresent();
        return halfIsOurs && now.ids().containsAll(least) && most.containsAll(now.ids());
    }

    Direction direction() {
        return work == Work.UPGRADE ? Direction.UP : Direction.DOWN;
    }

    String toJson() {
        return GSON.toJson(this);
    }

    /** What {@link #toJson} wrote; empty when it was somebody else, or another version. */
    static Optional<JournalEntry> of(String json) {
        try {
            JournalEntry entry = GSON.fromJson(json, JournalEntry.class);
            return entry != null && entry.version == VERSION && entry.isWhole() ? Optional.of(entry) : Optional.empty();
        } catch (JsonParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Gson leaves null what a document lacks. */
    @SuppressWarnings("ConstantValue")
    private boolean isWhole() {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(runId);
        all.add(startedAt);
        all.add(work);
        all.add(act);
        all.add(target);
        all.add(before);
        all.add(steps);
        all.add(backup);
        all.add(backupLocation);
        all.add(schema);
        all.add(remembered);
        return !all.contains(null);
    }

    /** For people: also what it is about to do, and where the backup is. */
    String whole() {
        String doing = switch (act) {
            case PREPARE -> "nothing is changed yet";
            case APPLY -> "the change is being applied";
            case ROLLBACK -> "the change is being taken back";
            case RESTORE -> "the backup is being restored beside";
        };
        return words() + ": " + doing + (backup.isEmpty() ? "" : "; the backup is " + backupLocation);
    }

    /** For people: what it was and how far it had come. */
    String words() {
        String what = work == Work.RESTORE
                ? "the restore of backup " + backupLocation
                : (work == Work.UPGRADE ? "the upgrade to " : "the downgrade to ") + target;
        return what + " (run " + runId + ", begun " + startedAt + ")";
    }
}
