package dev.belay.run.internal;

import dev.belay.context.RunCancelledException;
import dev.belay.context.RunContext;
import dev.belay.context.internal.Failures;
import dev.belay.database.Database;
import dev.belay.validation.Finding;
import dev.belay.validation.Severity;
import dev.belay.validation.ValidationContext.Phase;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Runs a plan's validators on one database: first lets them remember, later lets them look. */
final class Validation {
    private final Settings settings;
    private final RunContext run;
    private final Database database;
    private final Map<Validator, Map<String, String>> remembered = new IdentityHashMap<>();
    private final Set<Validator> forgetful = Collections.newSetFromMap(new IdentityHashMap<>());

    Validation(Settings settings, RunContext run, Database database) {
        this.settings = settings;
        this.run = run;
        this.database = database;
    }

    /** Lets every validator remember what it needs of the database before the change. */
    Validation remember() throws SQLException {
        try (Connection connection = database.connect(run.cancellation())) {
            for (Validator validator : settings.validators()) {
                if (!remembered.containsKey(validator)) {
                    remembered.put(
                            validator, validator.remember(context(Phase.BEFORE, connection, Set.of(), Map.of())));
                }
            }
        }
        return this;
    }

    /** What they remembered, by their place and name, for a run that has to go on with this one's work. */
    Map<String, Map<String, String>> memory() {
        Map<String, Map<String, String>> memory = new TreeMap<>();
        remembered.forEach((validator, map) -> memory.put(key(validator), map));
        return memory;
    }

    /** What an earlier run's validators remembered. */
    Validation recall(Map<String, Map<String, String>> memory) {
        for (Validator validator : settings.validators()) {
            Optional.ofNullable(memory.get(key(validator))).ifPresent(map -> remembered.put(validator, map));
        }
        return this;
    }

    /** Once the change is done, one that remembers nothing of before can't compare, and doesn't look. */
    Validation withoutForgetful() {
        for (Validator validator : settings.validators()) {
            if (!remembered.containsKey(validator)) {
                forgetful.add(validator);
                run.note("Validator " + validator.name() + " was not asked: the earlier run had no such validator.");
            }
        }
        return this;
    }

    private String key(Validator validator) {
        return settings.validators().indexOf(validator) + " " + validator.name();
    }

    /** What the validators of this phase find, each through a connection of its own. */
    List<Finding> look(Phase phase, Collection<String> expectedHeads) throws SQLException {
        try (Connection connection = database.connect(run.cancellation())) {
            return look(phase, expectedHeads, connection);
        }
    }

    /** What those validators find that had to wait for the commit; the others looked inside the transaction. */
    List<Finding> lookLate(Collection<String> expectedHeads) throws SQLException {
        try (Connection connection = database.connect(run.cancellation())) {
            return lookThrough(Validator::needsCommit, Phase.COMMITTED, expectedHeads, connection);
        }
    }

    /** What the validators of this phase find, through the connection that alone sees the change. */
    List<Finding> look(Phase phase, Collection<String> expectedHeads, Connection connection) throws SQLException {
        return lookThrough(validator -> runsIn(phase, validator), phase, expectedHeads, connection);
    }

    private List<Finding> lookThrough(
            Predicate<Validator> which, Phase phase, Collection<String> expectedHeads, Connection connection)
            throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (Validator validator : settings.validators()) {
            if (which.test(validator) && !forgetful.contains(validator)) {
                run.cancellation().check();
                findings.addAll(ask(validator, phase, expectedHeads, connection));
            }
        }
        Validator own = new EngineChecks(settings.engine());
        if (which.test(own)) {
            findings.addAll(ask(own, phase, expectedHeads, connection));
        }
        return findings;
    }

    private boolean runsIn(Phase phase, Validator validator) {
        return switch (phase) {
            case BEFORE -> false;
            case COPY -> validator.runsOnCopy();
            case IN_TRANSACTION -> !validator.needsCommit();
            case COMMITTED -> true;
            case ROLLED_BACK ->
                validator.isInvariant() && (validator.runsOnCopy() || database.equals(settings.database()));
        };
    }

    private List<Finding> ask(Validator validator, Phase phase, Collection<String> expectedHeads, Connection connection)
            throws SQLException {
        Map<String, String> before = remembered.getOrDefault(validator, Map.of());
        try {
            return validator.validate(context(phase, connection, expectedHeads, before));
        } catch (RunCancelledException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            run.cancellation().check();
            return List.of(Finding.critical(
                    validator.name(),
                    "could not be checked: " + Failures.words(e),
                    "Correct the check or the database."));
        }
    }

    private Contexts.ForValidation context(
            Phase phase, Connection connection, Collection<String> expectedHeads, Map<String, String> before) {
        List<String> heads = List.copyOf(new TreeSet<>(expectedHeads));
        return new Contexts.ForValidation(run, phase, database, connection, heads, settings.engine(), before);
    }

    /** Goes on, or throws when a finding is critical; all of them are in the message. */
    static void requireNoneCritical(List<Finding> findings, String where) {
        List<String> critical = findings.stream()
                .filter(finding -> finding.severity() == Severity.CRITICAL)
                .map(finding -> finding.validator() + ": " + finding)
                .toList();
        if (!critical.isEmpty()) {
            throw new ValidationFailedException(where, critical);
        }
    }
}
