package dev.belay.startup;

import dev.belay.BelayException;
import java.time.Duration;
import java.util.Optional;

/** What is pending takes longer than a start may, or nobody knows how long it takes. Nothing was changed. @since 0.1 */
public final class BudgetExceededException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> predicted;

    /**
     * For the run that found out.
     *
     * @param predicted how long the change took on the copy; empty where it was not tried
     */
    public BudgetExceededException(String revisions, Optional<Duration> predicted, Duration budget) {
        super("The pending revisions " + revisions + " are not applied at this start: "
                + predicted
                        .map(time -> "on the copy they took " + words(time) + ", and the budget is " + words(budget))
                        .orElse("how long they take is not known, since the plan has no test run, and the budget is "
                                + words(budget))
                + ". Upgrade from the deployment (belay upgrade), or raise the budget: Startup.within(Duration).");
        this.predicted = predicted;
    }

    /** How long the change took on the copy; empty where it was not tried. */
    public Optional<Duration> predicted() {
        return predicted;
    }

    private static String words(Duration time) {
        return time.toMillis() + " ms";
    }
}
