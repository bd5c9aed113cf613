package dev.belay.testkit.fault;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * A run that a {@link KillMatrix} breaks at every point.
 *
 * <p>A public class with a public constructor without parameters: to be killed, the run is made by a JVM of its own, which
 * knows the class by its name. What it does must be the same each time, to the rows: no clock and no chance in them.
 *
 * @since 0.1
 */
public interface CrashScenario {
    /**
     * Makes an empty database, and the directory, what they are before the run. Called once; each run works on a copy.
     *
     * @throws Exception when that can't be done: it ends the matrix
     */
    void prepare(Place place) throws Exception;

    /** The plan of the run that is broken, and of the next one. */
    MigrationPlan plan(Place place);

    /** The run that is broken; the default upgrades. Gives how it ended. */
    default String run(MigrationPlan plan) {
        return ended(plan::upgrade);
    }

    /** The next run, which nothing breaks; the default is the same again. Gives how it ended. */
    default String next(MigrationPlan plan) {
        return run(plan);
    }

    /** How a run ended, as its report says, also when it failed. */
    static String ended(Supplier<MigrationReport> run) {
        try {
            return run.get().outcome().label();
        } catch (MigrationFailedException e) {
            LoggerFactory.getLogger(CrashScenario.class).debug("{}", e.report().toText());
            return e.report().outcome().label();
        }
    }
}
