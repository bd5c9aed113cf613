package dev.belay.run.internal;

import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.engine.MigrationEngine;
import dev.belay.report.ReportDirectory;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.run.Platform;
import dev.belay.run.RunListener;
import dev.belay.testrun.TestRunStrategy;
import dev.belay.validation.Validator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything a plan has decided. */
public record Settings(
        Platform database,
        MigrationEngine engine,
        String environment,
        BackupStrategy backup,
        ProofLevel proof,
        TestRunStrategy testRun,
        List<Validator> validators,
        RollbackStrategy rollback,
        Duration timeout,
        Duration lockTimeout,
        Duration statementTimeout,
        boolean validateBeforeCommit,
        boolean lossless,
        boolean carryOverWrites,
        Optional<String> force,
        Optional<ReportDirectory> reports,
        List<RunListener> listeners) {
    public Settings {
        validators = List.copyOf(validators);
        listeners = List.copyOf(listeners);
    }

    /** The same, with one more who is told what happens. */
    Settings alsoTelling(RunListener listener) {
        List<RunListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return new Settings(
                database,
                engine,
                environment,
                backup,
                proof,
                testRun,
                validators,
                rollback,
                timeout,
                lockTimeout,
                statementTimeout,
                validateBeforeCommit,
                lossless,
                carryOverWrites,
                force,
                reports,
                all);
    }
}
