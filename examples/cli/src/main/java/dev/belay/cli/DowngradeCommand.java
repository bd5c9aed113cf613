package dev.belay.cli;

import dev.belay.revision.Direction;
import dev.belay.revision.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Down. */
@Command(
        name = "downgrade",
        description = "Takes the database down to a target, by the same pipeline. There is no default target.")
final class DowngradeCommand extends RunCommand {
    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            converter = TargetArgument.class,
            description = "base, -N, an id or its beginning, ID+N, ID-N.")
    Target target = Target.head(); // the parser demands one

    DowngradeCommand(Program program) {
        super(program, Direction.DOWN);
    }

    @Override
    Target target() {
        return target;
    }
}
