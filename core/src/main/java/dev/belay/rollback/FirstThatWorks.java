package dev.belay.rollback;

import dev.belay.context.internal.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tries one way back after the other. */
record FirstThatWorks(List<RollbackStrategy> strategies) implements RollbackStrategy {
    @Override
    public RollbackResult rollback(RollbackContext context) {
        List<Exception> failures = new ArrayList<>();
        StringBuilder message = new StringBuilder(
                strategies.isEmpty() ? "No way back is configured." : "No configured way back worked.");
        for (RollbackStrategy strategy : strategies) {
            try {
                return strategy.rollback(context);
            } catch (Exception e) {
                failures.add(e);
                message.append(' ').append(strategy.describe()).append(": ").append(Failures.words(e));
                context.note("Rollback by " + strategy.describe() + " failed: " + Failures.words(e));
            }
        }
        RollbackFailedException failed = new RollbackFailedException(message.toString());
        failures.forEach(failed::addSuppressed);
        throw failed;
    }

    @Override
    public RollbackStrategy orElse(RollbackStrategy next) {
        return new FirstThatWorks(
                Stream.concat(strategies.stream(), Stream.of(next)).toList());
    }

    @Override
    public boolean mayRestore() {
        return strategies.stream().anyMatch(RollbackStrategy::mayRestore);
    }

    @Override
    public String describe() {
        return strategies.isEmpty()
                ? "none"
                : strategies.stream().map(RollbackStrategy::describe).collect(Collectors.joining(", else "));
    }
}
