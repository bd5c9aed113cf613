package dev.belay.cli;

import com.google.gson.JsonParser;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Direction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finishes or undoes. */
@Command(
        name = "recover",
        description = "Finishes or undoes what an interrupted run left, and says which. The next upgrade does it, too.")
final class RecoverCommand implements Callable<Integer> {
    private final Program program;

    @Mixin
    ValidatorOptions validators = new ValidatorOptions();

    RecoverCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        try (ProgressView progress = program.progress()) {
            MigrationPlan plan = Plans.forRun(program.settings(), new RunOptions(), validators, progress);
            program.signals().changing();
            MigrationReport report = plan.recover();
            progress.close();
            tell(report);
            return ExitCode.DONE;
        } catch (MigrationFailedException e) {
            if (program.settings().json()) {
                program.out().json(JsonParser.parseString(e.report().toJson()));
            }
            return new Failures(program).tell(e, Direction.UP);
        }
    }

    private void tell(MigrationReport report) {
        if (program.settings().json()) {
            program.out().json(JsonParser.parseString(report.toJson()));
            return;
        }
        String at = report.database() + " is at " + Summary.heads(report.to());
        program.out()
                .line(
                        switch (report.outcome()) {
                            case UP_TO_DATE -> at + ": nothing was left half done.";
                            case APPLIED -> at + ": the interrupted run is finished.";
                            case ROLLED_BACK -> at + ": the interrupted run is undone.";
                            case RESTORED -> at + ": the interrupted restore is finished.";
                            case REFUSED, FAILED ->
                                throw new IllegalStateException("a failure is thrown: " + report.outcome());
                        });
        report.rollback().ifPresent(rollback -> program.out().line(rollback.detail()));
    }
}
