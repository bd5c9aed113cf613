package dev.belay.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: holds the others. */
@Command(
        name = "belay",
        description = "Carries a PostgreSQL database from one schema revision to another and never lets it fall.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "1:not done; the database is as it was before",
            "2:usage: a bad option, a malformed revision, an unknown target",
            "3:the database needs a person: the way back failed too",
            "130:interrupted; what was begun is undone"
        })
final class Belay implements Callable<Integer> {
    @Mixin
    final GlobalOptions options;

    @Spec
    @Nullable
    CommandSpec spec;

    private Belay(GlobalOptions options) {
        this.options = options;
    }

    static CommandLine commandLine(Program program, GlobalOptions options) {
        return new CommandLine(new Belay(options))
                .addSubcommand(new UpgradeCommand(program))
                .addSubcommand(new DowngradeCommand(program))
                .addSubcommand(new CurrentCommand(program))
                .addSubcommand(new HeadsCommand(program))
                .addSubcommand(new HistoryCommand(program))
                .addSubcommand(new StatusCommand(program))
                .addSubcommand(new ValidateCommand(program))
                .addSubcommand(new StampCommand(program))
                .addSubcommand(new NewCommand(program))
                .addSubcommand(new MergeCommand(program))
                .addSubcommand(new ImportCommand(program))
                .addSubcommand(new SnapshotCommand(program))
                .addSubcommand(new DiffCommand(program))
                .addSubcommand(new ProveCommand(program))
                .addSubcommand(new BackupsCommand(program))
                .addSubcommand(new BackupCommand(program))
                .addSubcommand(new RestoreCommand(program))
                .addSubcommand(new RecoverCommand(program));
    }

    @Override
    public Integer call() {
        CommandSpec self = java.util.Objects.requireNonNull(spec);
        throw new ParameterException(self.commandLine(), "No command is given: upgrade, status, ...");
    }
}
