package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.ProofLevel;
import dev.belay.context.RunContext;
import dev.belay.context.internal.Failures;
import dev.belay.database.Database;
import dev.belay.database.TableFingerprint;
import dev.belay.testrun.TestCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Proves a backup as far as it is asked to, and keeps the database it restored for that, so that the test run can use it.
 * Closing it drops that database.
 */
final class Proof implements AutoCloseable {
    private final Settings settings;
    private final RunContext run;
    private final Optional<Backup> backup;
    private @Nullable Database restored;
    private boolean compared;

    private Proof(Settings settings, RunContext run, Optional<Backup> backup) {
        this.settings = settings;
        this.run = run;
        this.backup = backup;
    }

    static Proof of(Settings settings, RunContext run, Backup backup) {
        return new Proof(settings, run, Optional.of(backup));
    }

    /** Where the backup was skipped. */
    static Proof ofNothing(Settings settings, RunContext run) {
        return new Proof(settings, run, Optional.empty());
    }

    private Backup backup() {
        return backup.orElseThrow(() -> new BackupFailedException(
                "There is no backup to restore: it was skipped. Choose another kind of copy for the test run."));
    }

    /** The rows of a copy, where the proof has shown that they are those of the backup. */
    Optional<List<TableFingerprint>> rowsOf(Database copy) {
        return compared && copy.equals(restored) ? backup().rows() : Optional.empty();
    }

    /** Proves up to the plan's level, or throws. */
    Backup prove() throws SQLException {
        ProofLevel level = settings.proof();
        if (level.atLeast(ProofLevel.LISTED)) {
            settings.backup().check(backup(), run);
        }
        if (level.atLeast(ProofLevel.RESTORED)) {
            restored();
        }
        if (level.atLeast(ProofLevel.COMPARED)) {
            compare(restored());
            compared = true;
        }
        Backup proven = backup().proven(level);
        settings.backup().recordProof(proven);
        return proven;
    }

    /** The backup in a scratch database: restored by the proof, else now. */
    TestCopy copy() {
        try {
            return new TestCopy(restored(), "the restored backup", () -> {});
        } catch (SQLException e) {
            throw new BackupFailedException(
                    "Backup " + backup().location() + " could not be restored for the test run: " + Failures.words(e),
                    e);
        }
    }

    private Database restored() throws SQLException {
        if (restored == null) {
            Database scratch = settings.database().copies().create(settings.database(), "test", run);
            restored = scratch;
            settings.backup().restore(backup(), scratch, run);
        }
        return restored;
    }

    private void compare(Database copy) throws SQLException {
        List<TableFingerprint> expected = backup().rows()
                .orElseThrow(
                        () -> new BackupFailedException(
                                "Backup " + backup().location()
                                        + " can't be compared: its strategy took no fingerprints. Ask for proof RESTORED, or take them."));
        List<String> differences =
                differences(expected, settings.database().observations().rows(copy, run));
        if (!differences.isEmpty()) {
            throw new BackupFailedException("Backup " + backup().location()
                    + " was restored, but its rows are not those of the snapshot it was taken from: "
                    + String.join("; ", differences) + ". Nothing was changed. Take another backup.");
        }
    }

    /** A line for each table whose count or hash differs, or which only one side has. */
    static List<String> differences(List<TableFingerprint> expected, List<TableFingerprint> actual) {
        Map<String, TableFingerprint> left = byTable(expected);
        Map<String, TableFingerprint> right = byTable(actual);
        List<String> lines = new ArrayList<>();
        left.forEach((table, before) -> {
            Optional<TableFingerprint> after = Optional.ofNullable(right.get(table));
            if (after.isEmpty()) {
                lines.add(table + " is missing");
            } else if (after.get().rows() != before.rows()) {
                lines.add(table + " has " + after.get().rows() + " rows instead of " + before.rows());
            } else if (!after.get().hash().equals(before.hash())) {
                lines.add(table + " has the same number of rows but other contents");
            }
        });
        right.keySet().stream().filter(table -> !left.containsKey(table)).forEach(t -> lines.add(t + " is new"));
        return lines;
    }

    private static Map<String, TableFingerprint> byTable(List<TableFingerprint> fingerprints) {
        Map<String, TableFingerprint> map = new TreeMap<>();
        fingerprints.forEach(fingerprint -> map.put(fingerprint.table(), fingerprint));
        return map;
    }

    @Override
    public void close() throws SQLException {
        if (restored != null) {
            settings.database().copies().drop(restored);
            restored = null;
        }
    }
}
