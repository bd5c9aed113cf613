package dev.belay.startup;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How an application upgrades its database when it starts.
 *
 * <p>The budget is for the change itself, as long as it took in the test run on a copy; backup, proof and test run come before and
 * are not counted: they lock nothing. Immutable and thread-safe as far as its callback is.
 *
 * @since 0.1
 */
public final class Startup {
    /** What to do with work that doesn't fit. */
    public enum Choice {
        /** Apply it all the same; only for work of unknown length. */
        APPLY,
        /** End the start with an exception; nothing was changed. */
        REFUSE,
        /**
         * Wait, without the lock and as long as the plan's timeout allows, until another process has done it, for instance the
         * deployment's job; then end with an exception.
         */
        LEAVE_TO_OTHERS
    }

    private final Duration budget;
    private final Choice tooLong;
    private final Choice unknown;
    private final Consumer<StartupHealth> health;

    private Startup(Duration budget, Choice tooLong, Choice unknown, Consumer<StartupHealth> health) {
        this.budget = budget;
        this.tooLong = tooLong;
        this.unknown = unknown;
        this.health = health;
    }

    /**
     * With a budget; work that takes longer, or nobody knows how long, is refused.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public static Startup within(Duration budget) {
        if (budget.isZero() || budget.isNegative()) {
            throw new IllegalArgumentException("the budget of a start must be positive, but is " + budget);
        }
        return new Startup(budget, Choice.REFUSE, Choice.REFUSE, ignored -> {});
    }

    /**
     * What to do with work that took longer in the test run; {@link Choice#REFUSE} by default.
     *
     * @throws IllegalArgumentException for {@link Choice#APPLY}: leave the budget away, by {@code upgrade()}
     */
    public Startup orElse(Choice choice) {
        if (choice == Choice.APPLY) {
            throw new IllegalArgumentException("a budget over which the work is applied is none: call upgrade()");
        }
        return new Startup(budget, choice, unknown, health);
    }

    /** What to do where the plan has no test run, so that nobody knows how long it takes; {@link Choice#REFUSE} by default. */
    public Startup withoutTestRun(Choice choice) {
        return new Startup(budget, tooLong, Objects.requireNonNull(choice, "choice"), health);
    }

    /**
     * Who is told how far it is, for instance a {@link StartupProbe}; nobody by default. Called from several threads, one at a
     * time; must return quickly. An exception is logged and changes nothing.
     */
    public Startup health(Consumer<StartupHealth> told) {
        return new Startup(budget, tooLong, unknown, Objects.requireNonNull(told, "told"));
    }

    /** How long the change may take. */
    public Duration budget() {
        return budget;
    }

    /** What happens to work that took longer in the test run. */
    public Choice tooLong() {
        return tooLong;
    }

    /** What happens to work of unknown length. */
    public Choice unknown() {
        return unknown;
    }

    /** Who is told how far it is. */
    public Consumer<StartupHealth> health() {
        return health;
    }

    @Override
    public String toString() {
        return "startup within " + budget + ", longer: " + tooLong + ", unknown: " + unknown;
    }
}
