package dev.belay.cli;

import dev.belay.revision.Revision;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The heads on disk. */
@Command(name = "heads", description = "Shows the heads on disk. Needs no database.")
final class HeadsCommand implements Callable<Integer> {
    private final Program program;

    HeadsCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<Revision> heads = program.settings().graph().heads();
        if (program.settings().json()) {
            program.out().json(Json.array(heads, each -> Json.revision(each.id(), each.description())));
        } else if (heads.isEmpty()) {
            program.say("There are no revisions in " + program.settings().directory() + ".");
        } else {
            Table table = new Table("REVISION", "DESCRIPTION");
            heads.forEach(each -> table.row(each.id(), each.description()));
            table.printTo(program.out());
        }
        return ExitCode.DONE;
    }
}
