package dev.belay.recipes;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.revision.Direction;
import dev.belay.revision.Target;
import dev.belay.run.RunEvent;
import java.io.PrintStream;

/** What a tool does that embeds Belay. */
public final class Tooling {
    private Tooling() {}

    /** Shows what happens, as it happens. */
    // tag::listener[]
    public static MigrationPlanBuilder telling(MigrationPlanBuilder plan, PrintStream out) {
        return plan.listener(event -> {
            if (event instanceof RunEvent.StepStarted started) {
                out.println(started.step().label() + " ...");
            } else if (event instanceof RunEvent.Progress progress) {
                out.println(progress.activity() + " " + progress.done() + " of " + progress.total() + " "
                        + progress.unit());
            } else if (event instanceof RunEvent.Found found) {
                out.println(found.finding());
            }
        });
    }
    // end::listener[]

    /** One step up, or the report of why not. */
    // tag::report[]
    public static String oneStep(MigrationPlan plan) {
        try {
            return plan.upgrade(Target.of("+1")).toJson();
        } catch (MigrationFailedException e) {
            return e.report().toJson();
        }
    }
    // end::report[]

    /** The SQL of the way down to a revision, for a review. */
    // tag::dryrun[]
    public static String sqlBackTo(MigrationPlan plan, String revision) {
        StringBuilder sql = new StringBuilder();
        plan.dryRun(Direction.DOWN, Target.revision(revision), sql);
        return sql.toString();
    }
    // end::dryrun[]
}
