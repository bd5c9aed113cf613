package dev.belay.run.internal;

import dev.belay.backup.BackupFailedException;
import dev.belay.context.internal.Failures;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.WriteCapture;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What applications write after the backup, for a restore that is to lose none of it. */
final class LateWrites implements AutoCloseable {
    /**
     * A round so small is followed by the last one: that it takes an instant is what counts. So is one that is not much smaller than
     * the one before, as writers that are faster than this aren't caught up with.
     */
    private static final long FEW = 200;

    private final Settings settings;
    private final Recorder run;
    private final boolean wanted;
    private Optional<WriteCapture> capture = Optional.empty();
    private boolean asked;

    private LateWrites(Settings settings, Recorder run, boolean wanted) {
        this.settings = settings;
        this.run = run;
        this.wanted = wanted;
    }

    /** Those of a run that takes a backup of its own; one that goes on with an earlier run restores that one's. */
    static LateWrites of(Settings settings, Recorder run, boolean goesOn) {
        boolean wanted = settings.carryOverWrites() && settings.rollback().mayRestore();
        return wanted && goesOn ? none(settings, run) : new LateWrites(settings, run, wanted);
    }

    /** For a restore of a backup from which on nothing was captured. */
    static LateWrites none(Settings settings, Recorder run) {
        if (settings.carryOverWrites()) {
            run.note(
                    "Should this be taken back by a restore, writes are not carried over: an earlier run took the backup, and its"
                            + " capture ended with it.");
        }
        return new LateWrites(settings, run, false);
    }

    /** Takes the backup, with every write after it captured. */
    <T> T capturedFrom(Function<Supplier<Optional<String>>, T> backup) throws SQLException {
        if (!wanted) {
            return backup.apply(Optional::empty);
        }
        capture = settings.database().captureWrites(run);
        if (capture.isEmpty()) {
            throw new BackupFailedException(
                    "The writes after the backup can't be captured on this kind of server. Nothing was"
                            + " changed. Leave out carryOverWrites().");
        }
        T taken = backup.apply(() -> {
            asked = true;
            return capture.map(WriteCapture::snapshot);
        });
        capture.get().letGo();
        if (asked) {
            run.note("What is written from the backup on is captured "
                    + capture.get().describe() + ".");
        } else {
            close();
            run.note("Writes can't be carried over: the backup ("
                    + settings.backup().describe() + ") is not taken from the snapshot that it was given.");
        }
        return taken;
    }

    /** Swaps, with the late writes carried over as far as they can be. */
    Database swap(Database restored) throws SQLException {
        Copies copies = settings.database().copies();
        return capture.isEmpty()
                ? copies.swap(settings.database(), restored, run)
                : copies.swap(settings.database(), restored, new Carrying(capture.get(), restored), run);
    }

    /** Carries over in rounds; a capture that fails doesn't stop the restore: what it lacks is in the database that is kept. */
    private final class Carrying implements Copies.LastWrites {
        private final WriteCapture writes;
        private final Database restored;
        private boolean lost;

        Carrying(WriteCapture writes, Database restored) {
            this.writes = writes;
            this.restored = restored;
        }

        @Override
        public void catchUp() {
            try {
                long last = Long.MAX_VALUE;
                long now = writes.carry(restored);
                while (now > FEW && now < last / 2) {
                    last = now;
                    now = writes.carry(restored);
                }
            } catch (SQLException | RuntimeException e) {
                lost(e);
            }
        }

        @Override
        public void finish() {
            try {
                if (!lost) {
                    List<String> lines = writes.finish(restored);
                    run.note("Carried over what was written after the backup: "
                            + (lines.isEmpty() ? "nothing was." : String.join("; ", lines) + "."));
                }
            } catch (SQLException | RuntimeException e) {
                lost(e);
            } finally {
                close();
            }
        }

        private void lost(Exception e) {
            lost = true;
            run.note("Not all that was written after the backup could be carried over: " + Failures.words(e)
                    + ". It is in the database that is kept.");
        }
    }

    @Override
    public void close() {
        capture.ifPresent(WriteCapture::close);
        capture = Optional.empty();
    }
}
