package dev.belay.cli;

import com.google.gson.JsonParser;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Direction;
import dev.belay.revision.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** {@code upgrade} and {@code downgrade}: one pipeline, two directions. */
abstract class RunCommand implements Callable<Integer> {
    private final Program program;
    private final Direction direction;

    @Mixin
    RunOptions run = new RunOptions();

    @Mixin
    ValidatorOptions validators = new ValidatorOptions();

    RunCommand(Program program, Direction direction) {
        this.program = program;
        this.direction = direction;
    }

    abstract Target target();

    @Override
    public Integer call() {
        return run.dryRun ? dryRun() : change();
    }

    private int change() {
        try (ProgressView progress = program.progress()) {
            MigrationPlan plan = Plans.forRun(program.settings(), run, validators, progress);
            program.signals().changing();
            MigrationReport report = direction == Direction.UP ? plan.upgrade(target()) : plan.downgrade(target());
            progress.close();
            tell(report);
            return ExitCode.DONE;
        } catch (MigrationFailedException e) {
            if (program.settings().json()) {
                program.out().json(JsonParser.parseString(e.report().toJson()));
            }
            return new Failures(program).tell(e, direction);
        }
    }

    private void tell(MigrationReport report) {
        if (program.settings().json()) {
            program.out().json(JsonParser.parseString(report.toJson()));
        } else if (program.settings().verbose()) {
            program.out().append(report.toText());
        } else if (!program.settings().quiet()) {
            new Summary(program.settings()).print(report, direction, program.out());
        }
    }

    private int dryRun() {
        MigrationPlan plan = Plans.forRun(program.settings(), run, validators, Program.silence());
        if (program.settings().json()) {
            StringBuilder sql = new StringBuilder();
            plan.dryRun(direction, target(), sql);
            program.out().json(Json.object("sql", sql.toString()));
        } else {
            plan.dryRun(direction, target(), program.out());
        }
        return ExitCode.DONE;
    }
}
