package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Breaks a run at every act, in every way, and looks at what the next run makes of it.
 *
 * <p>The run is first made without a fault, through a {@link FaultProxy} that counts its {@linkplain Act acts}. Then, for
 * each point and each fault, the database and the directory are put back, the run is made again and broken there, and:
 *
 * <ul>
 *   <li>before anything else runs, the rows of before the run must be in the database, in a database that
 *       {@link dev.belay.Status#kept()} names, or in a backup that the plan lists;
 *   <li>the next run, which nothing breaks, must end as it does on the prepared database or after the unbroken run, and the
 *       schema, the rows and the applied revisions must be those of one of these two;
 *   <li>nothing may be left over: no scratch database, session, lock, prepared transaction, client program, temporary file.
 * </ul>
 *
 * <p>The server must be the matrix's own and one that {@link PostgresServer#crash} can stop; databases whose names begin with
 * {@code matrix} are dropped. {@link Fault#KILL} runs the scenario in a JVM of its own, the other faults in this one. A run
 * takes some seconds: with all faults, an upgrade with backup and test run is some hundred runs for each revision.
 *
 * <pre>{@code
 * MatrixReport report = KillMatrix.of(TwoTables.class).sample(20).runOn(server);
 * assertThat(report.failures()).as(report.toString()).isEmpty();
 * }</pre>
 *
 * <p>Not thread-safe; two matrices at once need two servers.
 *
 * @since 0.1
 */
public final class KillMatrix {
    private final Class<? extends CrashScenario> scenario;
    private Set<Fault> faults = EnumSet.allOf(Fault.class);
    private int sample;
    private Optional<Point> only = Optional.empty();

    private KillMatrix(Class<? extends CrashScenario> scenario) {
        this.scenario = scenario;
    }

    /**
     * A matrix for a scenario.
     *
     * @throws IllegalArgumentException if the class is not public or lacks a public constructor without parameters
     */
    public static KillMatrix of(Class<? extends CrashScenario> scenario) {
        ChildRun.make(scenario);
        return new KillMatrix(scenario);
    }

    /** Only these faults; by default all. */
    public KillMatrix faults(Collection<Fault> some) {
        if (some.isEmpty()) {
            throw new IllegalArgumentException("faults: there is none");
        }
        faults = EnumSet.copyOf(some);
        return this;
    }

    /** Only at this point, with each of the faults; by default at all. It repeats what a report tells of. */
    public KillMatrix at(Point point) {
        only = Optional.of(point);
        return this;
    }

    /**
     * Only so many runs, by default all. Which ones is the same each time: two thirds at commits and at what Belay records,
     * the rest at the other acts, each with another fault than the one before.
     */
    public KillMatrix sample(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs: must be positive, is " + runs);
        }
        sample = runs;
        return this;
    }

    /**
     * Makes all runs.
     *
     * @param server a server of its own; the caller closes it
     * @throws IllegalArgumentException if the server was not started from programs, and so can't be crashed
     * @throws IllegalStateException when the scenario doesn't do what it should without any fault
     */
    public MatrixReport runOn(PostgresServer server) {
        if (server.socketDirectory().isEmpty()) {
            throw new IllegalArgumentException(
                    "server: " + server + " was not started from programs; a matrix needs one of its"
                            + " own: PostgresServers.search().setting(\"max_connections\", \"60\").find()");
        }
        try (Stand stand = new Stand(server)) {
            MatrixRuns runs = new MatrixRuns(scenario, server, stand);
            List<Act> acts = runs.prepare();
            List<Blow> all = Blow.all(acts, faults);
            if (only.isPresent()) {
                return runs.all(all.stream()
                        .filter(blow -> blow.point().equals(only.get()))
                        .toList());
            }
            return runs.all(sample == 0 ? all : Blow.sample(acts, faults, sample));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(scenario.getName() + " can't be run on " + server, e);
        }
    }
}
