package dev.belay.cli;

import dev.belay.revision.RevisionWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a merge. */
@Command(name = "merge", description = "Writes a merge of all heads and prints its path. Needs no database.")
final class MergeCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(index = "0", paramLabel = "MESSAGE", description = "What is merged, in a few words.")
    String message = "";

    MergeCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Settings settings = program.settings();
        new WrittenFile(RevisionWriter.merge(settings.directory(), message, settings.ownGraph())).tell(program);
        return ExitCode.DONE;
    }
}
