package dev.belay.cli;

import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a new revision. */
@Command(
        name = "new",
        description =
                "Writes a new revision file on the head and prints its path. Needs no database; makes the directory.")
final class NewCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(index = "0", paramLabel = "MESSAGE", description = "What the revision does, in a few words.")
    String message = "";

    NewCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Path directory = program.settings().directory();
        RevisionGraph graph = Files.exists(directory) ? program.settings().ownGraph() : RevisionGraph.of(List.of());
        new WrittenFile(RevisionWriter.newRevision(directory, message, graph, Clock.systemUTC())).tell(program);
        return ExitCode.DONE;
    }
}
