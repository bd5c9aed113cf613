package dev.belay.cli;

import dev.belay.Status;
import dev.belay.revision.AppliedRevision;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** The applied heads. */
@Command(name = "current", description = "Shows the applied heads of the database.")
final class CurrentCommand implements Callable<Integer> {
    private final Program program;

    CurrentCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Status status = Plans.plain(program.settings(), new ValidatorOptions(), Program.silence())
                .status();
        List<AppliedRevision> current = status.applied().stream()
                .filter(revision -> status.current().contains(revision.id()))
                .toList();
        if (program.settings().json()) {
            program.out().json(Json.array(current, each -> Json.revision(each.id(), each.description())));
        } else if (current.isEmpty()) {
            program.say("Nothing is applied: the database is at base.");
        } else {
            Set<String> heads = status.heads().stream().map(each -> each.id()).collect(Collectors.toSet());
            Table table = new Table("REVISION", "DESCRIPTION", "");
            current.forEach(
                    each -> table.row(each.id(), each.description(), heads.contains(each.id()) ? "(head)" : ""));
            table.printTo(program.out());
        }
        return ExitCode.DONE;
    }
}
