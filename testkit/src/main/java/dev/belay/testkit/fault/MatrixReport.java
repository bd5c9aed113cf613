package dev.belay.testkit.fault;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What came out of a {@link KillMatrix}.
 *
 * @param scenario the scenario's class, without its package
 * @param acts the acts of the run when nothing breaks it
 * @param points how many points were struck at
 * @param runs how many runs were broken, one for each point and fault
 * @param missed how many runs ended before they came to their point, as the order of parallel sessions is not always the same
 * @param failures what was not as it should be
 * @param duration how long it took
 * @since 0.1
 */
public record MatrixReport(
        String scenario, List<Act> acts, int points, int runs, int missed, List<Failure> failures, Duration duration) {
    /**
     * A run after which something was not as it should be.
     *
     * @param point where the fault struck
     * @param act at which act; that of the run when nothing breaks it
     * @param fault what struck
     * @param what what is wrong, a line for each
     */
    public record Failure(Point point, Act act, Fault fault, List<String> what) {
        /** Copies. */
        public Failure {
            Objects.requireNonNull(point, "point");
            Objects.requireNonNull(act, "act");
            Objects.requireNonNull(fault, "fault");
            what = List.copyOf(what);
        }

        /** For a person. */
        @Override
        public String toString() {
            return fault + " " + point.moment() + " " + act
                    + what.stream().collect(Collectors.joining("\n    ", "\n    ", ""));
        }
    }

    /** Copies. */
    public MatrixReport {
        acts = List.copyOf(acts);
        failures = List.copyOf(failures);
    }

    /** A line, and below it the failures. */
    @Override
    public String toString() {
        String line = scenario + ": " + acts.size() + " acts, " + points + " points, " + runs + " runs, " + missed
                + " missed, " + failures.size() + " failed, " + duration.toSeconds() + " s";
        return failures.stream().map(failure -> "\n" + failure).collect(Collectors.joining("", line, ""));
    }
}
