package dev.belay.testkit.fault;

import dev.belay.MigrationPlan;
import dev.belay.testkit.fault.MatrixReport.Failure;
import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of a matrix: those without a fault, which say what is legal, and the broken ones. */
final class MatrixRuns {
    private static final Logger LOG = LoggerFactory.getLogger(KillMatrix.class);

    /** A state that is legal after the next run, and how that run ends then. */
    private record Legal(String ended, State state) {}

    private final Class<? extends CrashScenario> type;
    private final CrashScenario scenario;
    private final PostgresServer server;
    private final Stand stand;
    private final BrokenRun broken;
    private final Map<String, Legal> legal = new LinkedHashMap<>();
    private List<Act> acts = List.of();
    private int missed;

    MatrixRuns(Class<? extends CrashScenario> type, PostgresServer server, Stand stand) {
        this.type = type;
        this.scenario = ChildRun.make(type);
        this.server = server;
        this.stand = stand;
        this.broken = new BrokenRun(type, scenario, server, stand);
    }

    /** Prepares the database, and makes the runs without a fault; gives the acts. */
    List<Act> prepare() throws SQLException, IOException {
        stand.makeEmpty();
        try {
            scenario.prepare(stand.place());
        } catch (Exception e) {
            throw new IllegalStateException(type.getName() + " could not be prepared", e);
        }
        stand.keep();
        stand.putBack();
        legal.put("next run only", next());
        requireNothingLeft("the next run alone");
        stand.putBack();
        try (FaultProxy proxy = FaultProxy.before(server)) {
            String ended = scenario.run(scenario.plan(stand.place().through(proxy)));
            acts = proxy.acts();
            LOG.info("{}: {} without a fault, {} acts", type.getSimpleName(), ended, acts.size());
        }
        legal.put("whole run and the next", next());
        requireNothingLeft("two runs");
        return acts;
    }

    private MigrationPlan plan() {
        return scenario.plan(stand.place());
    }

    private Legal next() throws SQLException {
        String ended = scenario.next(plan());
        return new Legal(ended, State.of(stand.place(), plan()));
    }

    private void requireNothingLeft(String after) {
        List<String> left = new Leftovers(server, stand.place()).look();
        if (!left.isEmpty()) {
            throw new IllegalStateException("without any fault, after " + after + ": " + String.join("; ", left));
        }
    }

    MatrixReport all(List<Blow> blows) throws SQLException, IOException {
        long begin = System.nanoTime();
        List<Failure> failures = new ArrayList<>();
        for (Blow blow : blows) {
            long start = System.nanoTime();
            List<String> wrong = one(blow);
            LOG.debug(
                    "{} {} {}: {} ms",
                    blow.fault(),
                    blow.moment(),
                    blow.act(),
                    (System.nanoTime() - start) / 1_000_000);
            if (!wrong.isEmpty()) {
                Failure failure = new Failure(blow.point(), blow.act(), blow.fault(), wrong);
                LOG.warn("{}: {}", type.getSimpleName(), failure);
                failures.add(failure);
            }
        }
        long points = blows.stream().map(Blow::point).distinct().count();
        return new MatrixReport(
                type.getSimpleName(),
                acts,
                (int) points,
                blows.size(),
                missed,
                failures,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private List<String> one(Blow blow) throws SQLException, IOException {
        stand.putBack();
        List<String> wrong = new ArrayList<>();
        BrokenRun.End end = broken.make(blow);
        if (!end.struck()) {
            missed++;
        }
        wrong.addAll(end.wrong());
        try {
            wrong.addAll(new Survival(server, stand).missing(plan().status().kept(), plan().backups()));
            wrong.addAll(afterTheNext());
        } catch (SQLException | IOException | RuntimeException e) {
            wrong.add("the database can't be used: " + e);
        }
        wrong.addAll(new Leftovers(server, stand.place()).look());
        if (!wrong.isEmpty()) {
            wrong.add("the broken run said: " + end.said());
        }
        return wrong;
    }

    private List<String> afterTheNext() throws SQLException {
        Legal now = next();
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Legal> one : legal.entrySet()) {
            List<String> difference = one.getValue().state().differencesTo(now.state());
            if (!one.getValue().ended().equals(now.ended())) {
                difference.add("the next run ended: " + now.ended());
            }
            if (difference.isEmpty()) {
                return List.of();
            }
            differences.add("not as after the " + one.getKey() + ": "
                    + difference.stream().collect(Collectors.joining("; ")));
        }
        return differences;
    }
}
