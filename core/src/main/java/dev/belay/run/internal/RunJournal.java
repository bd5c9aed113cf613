package dev.belay.run.internal;

import dev.belay.context.internal.Failures;
import dev.belay.database.Database;
import dev.belay.report.Outcome;
import dev.belay.report.ReportDirectory;
import dev.belay.run.internal.JournalEntry.Act;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is about to do, written before it does it, in two places of which either is enough: the database, and a file beside
 * the backups (where backups are no files: beside the reports).
 */
final class RunJournal {
    private final Settings settings;
    private final Optional<JournalFile> file;
    private Optional<JournalEntry> own = Optional.empty();
    private Optional<JournalEntry> left = Optional.empty();

    RunJournal(Settings settings) {
        this.settings = settings;
        this.file = settings.backup()
                .journalDirectory()
                .or(() -> settings.reports().map(ReportDirectory::path))
                .map(directory -> JournalFile.in(directory, settings.database()));
    }

    /** The run that was begun and has not ended: still under way when somebody holds the lock, else left behind. */
    Optional<JournalEntry> unfinished() throws SQLException, IOException {
        return unfinished(settings.database());
    }

    Optional<JournalEntry> unfinished(Database through) throws SQLException, IOException {
        return unfinished(settings.database().journal().read(through));
    }

    /** With what the database has of it. */
    Optional<JournalEntry> unfinished(Optional<String> read) throws SQLException, IOException {
        Optional<JournalEntry> inside = read.map(RunJournal::parse);
        Optional<JournalEntry> beside = file.isPresent() ? file.get().read().map(RunJournal::parse) : Optional.empty();
        if (beside.isEmpty()) {
            return inside;
        }
        if (inside.isEmpty()) {
            // the database was killed between the two erasures, or was restored from outside to before the run
            return settings.database()
                            .auditTrail()
                            .hasEnded(settings.database(), beside.get().runId())
                    ? Optional.empty()
                    : beside;
        }
        if (inside.get().runId().equals(beside.get().runId())) {
            return inside.get().sequence() >= beside.get().sequence() ? inside : beside;
        }
        // a backup holds the entry of the run that took it
        return inside.get().act() == Act.PREPARE ? beside : inside;
    }

    private static JournalEntry parse(String json) {
        return JournalEntry.of(json).orElseThrow(() -> RecoveryFailedException.unreadable());
    }

    /** An earlier run's entry that stands until this one has done its work: it left a half that this one goes on with. */
    void leaves(JournalEntry earlier) {
        left = Optional.of(earlier);
    }

    void begin(Database through, JournalEntry entry) {
        announce(through, entry);
    }

    /** The change is about to begin; from here on the entry is what leads back. */
    void apply(Database through, Recorder run, String schema, Map<String, Map<String, String>> remembered) {
        announce(
                through,
                entry().with(
                                Act.APPLY,
                                run.backup().map(backup -> backup.id()).orElse(""),
                                run.backup().map(backup -> backup.location()).orElse(""),
                                schema,
                                remembered));
    }

    /** The same, for a run that goes on with an earlier one's change: what leads back is what that one had. */
    void applyAgain(Database through, JournalEntry earlier) {
        left = Optional.empty(); // from here on this run answers for the whole of it
        announce(
                through,
                entry().with(
                                Act.APPLY,
                                earlier.backup(),
                                earlier.backupLocation(),
                                earlier.schema(),
                                earlier.remembered()));
    }

    /** Before anything is changed both places must have been written. */
    private void announce(Database through, JournalEntry entry) {
        try {
            write(through, entry);
        } catch (IOException e) {
            throw JournalFailedException.unwritten(file.orElseThrow().path(), e);
        } catch (SQLException e) {
            throw JournalFailedException.unwritten(settings.database().location(), e);
        }
    }

    private void write(Database through, JournalEntry entry) throws SQLException, IOException {
        if (file.isPresent()) {
            file.get().write(entry.toJson());
        }
        settings.database().journal().write(through, entry.runId(), entry.toJson());
        own = Optional.of(entry);
    }

    /** On the way back a place that can't be written doesn't stop it. */
    void back(Act act, Recorder run) {
        own = own.map(entry -> entry.about(act));
        own.ifPresent(entry -> {
            try {
                if (file.isPresent()) {
                    file.get().write(entry.toJson());
                }
            } catch (IOException e) {
                run.note("The journal " + file.get().path() + " could not be written: " + Failures.words(e));
            }
            try {
                settings.database().journal().write(settings.database(), entry.runId(), entry.toJson());
            } catch (SQLException | RuntimeException e) {
                run.note("The journal in the database could not be written: " + Failures.words(e));
            }
        });
    }

    /** Takes the entry along into a database that is about to take this one's place. */
    void into(Database restored) throws SQLException {
        if (own.isPresent()) {
            settings.database()
                    .journal()
                    .write(restored, own.get().runId(), own.get().toJson());
        }
    }

    /** An earlier run's work is gone on with: from now on this run answers for it. */
    void takeOver(JournalEntry earlier, Recorder run) {
        own = Optional.of(earlier.takenOverBy(run.runId()));
        back(earlier.act(), run);
    }

    /** The run has ended; where it needs a person its entry stays, so that the way back can be tried again. */
    void end(Database through, Outcome outcome, Recorder run) {
        if (own.isEmpty() || outcome == Outcome.FAILED) {
            return;
        }
        own = Optional.empty();
        try {
            if (outcome != Outcome.APPLIED && left.isPresent()) {
                write(through, left.get());
            } else {
                erase(through);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            run.note("The journal could not be closed: " + Failures.words(e)
                    + ". The next run finds out that this one has ended.");
        }
    }

    /** Nothing is under way any more, of this run or of an earlier one. */
    void close() throws SQLException, IOException {
        own = Optional.empty();
        left = Optional.empty();
        erase(settings.database());
    }

    private void erase(Database through) throws SQLException, IOException {
        settings.database().journal().erase(through);
        if (file.isPresent()) {
            file.get().erase();
        }
    }

    private JournalEntry entry() {
        return own.orElseThrow(() -> new IllegalStateException("the journal was not begun"));
    }
}
