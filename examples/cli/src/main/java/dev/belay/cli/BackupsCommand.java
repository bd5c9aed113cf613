package dev.belay.cli;

import dev.belay.backup.Backup;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists. */
@Command(name = "backups", description = "Lists the backups of the database with their proof, newest first.")
final class BackupsCommand implements Callable<Integer> {
    private final Program program;

    BackupsCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Settings settings = program.settings();
        List<Backup> backups = Plans.forBackups(settings, settings.backupDirectory(), Program.silence())
                .backups();
        if (settings.json()) {
            program.out().json(Json.array(backups, Json::backup));
        } else if (backups.isEmpty()) {
            program.say("There are no backups of " + settings.database().name() + " in " + settings.backupDirectory()
                    + ".");
        } else {
            Table table = new Table("TAKEN AT", "REVISION", "SIZE", "PROOF", "BACKUP");
            backups.forEach(each -> table.row(
                    Times.words(each.takenAt()),
                    Summary.heads(each.revisions()),
                    Summary.bytes(each.bytes()),
                    each.proof().name().toLowerCase(Locale.ROOT),
                    each.location()));
            table.printTo(program.out());
        }
        return ExitCode.DONE;
    }
}
