package dev.belay.cli;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.backup.ProofLevel;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.run.RunListener;
import java.nio.file.Path;

/** Makes plans of settings: what a program that embeds Belay writes for itself. */
final class Plans {
    private Plans() {}

    /** A plan that reads, stamps, validates. */
    static MigrationPlan plain(Settings settings, ValidatorOptions validators, RunListener listener) {
        return common(settings, settings.database(), listener)
                .validate(validators.validators())
                .backup(PgDump.into(settings.backupDirectory()))
                .build();
    }

    /** A plan that takes, lists and restores backups, whatever the environment says of runs. */
    static MigrationPlan forBackups(Settings settings, Path directory, RunListener listener) {
        Environment environment = settings.environment();
        return common(settings, settings.database(), listener)
                .validate(new ValidatorOptions().validators())
                .backup(PgDump.into(directory))
                .proof(environment.backsUp() ? environment.proof() : ProofLevel.COMPARED)
                .build();
    }

    /** A plan that changes the database. */
    static MigrationPlan forRun(Settings settings, RunOptions run, ValidatorOptions validators, RunListener listener) {
        MigrationPlanBuilder builder =
                common(settings, settings.database(), listener).validate(validators.validators());
        if (run.skipBackup().isPresent()) {
            builder.skipBackup(reasoned("--skip-backup", run.skipBackup().get(), settings));
            if (settings.environment().testsFirst() && run.skipTest().isEmpty()) {
                builder.testRun(new DumpedCopy());
            }
        } else if (settings.environment().backsUp()) {
            builder.backup(PgDump.into(settings.backupDirectory()));
        }
        run.skipTest().ifPresent(reason -> builder.skipTestRun(reasoned("--skip-test", reason, settings)));
        run.force().ifPresent(reason -> builder.force(reasoned("--force", reason, settings)));
        run.rollback().ifPresent(builder::rollback);
        return builder.build();
    }

    private static String reasoned(String option, String reason, Settings settings) {
        if (reason.isBlank() && settings.environment().skipsNeedReason()) {
            throw new UsageException(option + " needs a REASON in environment "
                    + settings.environment().name() + ": it goes on record. Nothing was touched.");
        }
        return reason;
    }

    private static MigrationPlanBuilder common(Settings settings, PostgresDatabase database, RunListener listener) {
        return MigrationPlan.builder()
                .environment(settings.environment())
                .database(database)
                .revisions(settings.revisions())
                .timeout(settings.timeout())
                .lockTimeout(settings.lockTimeout())
                .reports(settings.reportDirectory())
                .listener(listener);
    }
}
