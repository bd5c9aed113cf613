package dev.belay.cli;

import dev.belay.MigrationPlan;
import dev.belay.backup.Backup;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Takes one now. */
@Command(name = "backup", description = "Takes a backup now and proves it.")
final class BackupCommand implements Callable<Integer> {
    private final Program program;

    BackupCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Settings settings = program.settings();
        try (ProgressView progress = program.progress()) {
            MigrationPlan plan = Plans.forBackups(settings, settings.backupDirectory(), progress);
            program.signals().changing();
            Backup backup = plan.backup();
            progress.close();
            if (settings.json()) {
                program.out().json(Json.backup(backup));
            } else {
                program.out().line(backup.location());
                program.say(Summary.bytes(backup.bytes()) + " in " + ProgressView.seconds(backup.duration())
                        + ", proof: " + backup.proof().name().toLowerCase(Locale.ROOT));
            }
            return ExitCode.DONE;
        }
    }
}
