package dev.belay.cli;

import com.google.gson.JsonObject;
import dev.belay.MigrationPlan;
import dev.belay.revision.Target;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Records without running. */
@Command(name = "stamp", description = "Records a target as applied, and nothing beyond it, without running anything.")
final class StampCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            converter = TargetArgument.class,
            description = "head, heads, base, an id or its beginning, ID+N, ID-N.")
    Target target = Target.head(); // the parser demands one

    StampCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        try (ProgressView progress = program.progress()) {
            MigrationPlan plan = Plans.plain(program.settings(), new ValidatorOptions(), progress);
            program.signals().changing();
            List<String> from = plan.status().current();
            plan.stamp(target);
            List<String> to = plan.status().current();
            if (program.settings().json()) {
                JsonObject json = new JsonObject();
                json.add("from", Json.strings(from));
                json.add("to", Json.strings(to));
                program.out().json(json);
            } else {
                program.say("Stamped: " + Summary.heads(from) + " -> " + Summary.heads(to) + ". Nothing was run.");
            }
            return ExitCode.DONE;
        }
    }
}
