package dev.belay.cli;

import com.google.gson.JsonObject;
import dev.belay.MigrationPlan;
import dev.belay.backup.Backup;
import dev.belay.rollback.RollbackResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restores beside and swaps. */
@Command(
        name = "restore",
        description = "Restores a backup beside the database, validates it and swaps the two by rename."
                + " The database that was there is kept.")
final class RestoreCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(
            index = "0",
            paramLabel = "BACKUP",
            description = "The path or the id of a backup, as belay backups lists it.")
    String name = "";

    RestoreCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Path directory = directory();
        try (ProgressView progress = program.progress()) {
            MigrationPlan plan = Plans.forBackups(program.settings(), directory, progress);
            Backup backup = find(plan.backups(), directory);
            program.signals().changing();
            RollbackResult result = plan.restore(backup);
            progress.close();
            tell(backup, result);
            return ExitCode.DONE;
        }
    }

    /** A path may lie in another directory than the configured one. */
    private Path directory() {
        Path given = Path.of(name).toAbsolutePath();
        return name.contains("/") && Files.exists(given)
                ? Optional.ofNullable(given.getParent()).orElse(given)
                : program.settings().backupDirectory();
    }

    private Backup find(List<Backup> backups, Path directory) {
        Path given = Path.of(name).toAbsolutePath().normalize();
        return backups.stream()
                .filter(each -> each.id().equals(name)
                        || each.location().equals(name)
                        || each.path()
                                .map(path -> path.toAbsolutePath().normalize().equals(given))
                                .orElse(false))
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no backup " + name + " of this database in " + directory
                        + ". Nothing was touched. Those that are there: belay backups"));
    }

    private void tell(Backup backup, RollbackResult result) {
        if (program.settings().json()) {
            JsonObject json = Json.object("outcome", "restored");
            json.add("to", Json.strings(backup.revisions()));
            json.add("backup", Json.backup(backup));
            json.add("rollback", Json.rollback(result));
            program.out().json(json);
            return;
        }
        program.out().line(result.detail());
        result.surplus()
                .forEach((table, rows) -> program.out()
                        .line(String.format(Locale.ROOT, "%s: %,d rows are only in the kept database", table, rows)));
    }
}
