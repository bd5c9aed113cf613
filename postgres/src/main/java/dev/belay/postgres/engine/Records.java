package dev.belay.postgres.engine;

import dev.belay.postgres.engine.Step.Work;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.postgres.revision.RevisionScript;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import java.util.Optional;
import java.util.function.Consumer;

/** What the history keeps of a revision. */
final class Records {
    /** Beyond so many characters a downgrade is not stored: it would burden each backup, and a heap of 128 MB. */
    static final int LARGEST_DOWNGRADE = 4 << 20;

    private Records() {}

    static HistoryEntry of(Revision revision, Consumer<String> notes) {
        String checksum = revision.upgrade() instanceof Change.Sql sql
                ? RevisionScript.of(sql.script()).checksum()
                : "";
        return of(revision, checksum, notes);
    }

    static HistoryEntry of(Step step, Consumer<String> notes) {
        String checksum = step.work() instanceof Work.Scripted scripted
                ? scripted.script().checksum()
                : "";
        return of(step.revision().orElseThrow(), checksum, notes);
    }

    private static HistoryEntry of(Revision revision, String checksum, Consumer<String> notes) {
        Optional<String> text = Optional.empty();
        Optional<String> reason = Optional.empty();
        if (revision.downgrade() instanceof Change.Sql sql) {
            text = RevisionScript.read(sql.script(), LARGEST_DOWNGRADE);
            if (text.isEmpty()) {
                notes.accept("The downgrade of revision " + revision.id()
                        + " has more than 4 MB and is not stored in the" + " history: taking it back needs its file.");
            }
        } else if (revision.downgrade() instanceof Change.Irreversible irreversible) {
            reason = Optional.of(irreversible.reason());
        }
        return new HistoryEntry(
                revision.id(),
                revision.parents(),
                revision.description(),
                checksum,
                Optional.ofNullable(revision.properties().get(Revision.FILE_SHA256)),
                text,
                revision.downgrade().transactional(),
                reason);
    }
}
