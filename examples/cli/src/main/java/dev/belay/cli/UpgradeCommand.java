package dev.belay.cli;

import dev.belay.revision.Direction;
import dev.belay.revision.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Up. */
@Command(
        name = "upgrade",
        description =
                "Brings the database up: preflight, backup, proof of the backup, test run on a copy, apply, validate;"
                        + " and back, if anything goes wrong.")
final class UpgradeCommand extends RunCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TARGET",
            converter = TargetArgument.class,
            description = "head, heads, +N, an id or its beginning, ID+N, ID-N. Default: head.")
    @Nullable
    Target target;

    UpgradeCommand(Program program) {
        super(program, Direction.UP);
    }

    @Override
    Target target() {
        return target == null ? Target.head() : target;
    }
}
