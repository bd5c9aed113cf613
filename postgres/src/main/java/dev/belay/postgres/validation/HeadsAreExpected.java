package dev.belay.postgres.validation;

import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The history says what it should. */
record HeadsAreExpected() implements Validator {
    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        var state = context.state();
        if (state.partial().isPresent()) {
            var partial = state.partial().get();
            return List.of(Finding.critical(
                    name(),
                    "revision " + partial.revision() + " was left after " + partial.statementsDone() + " statements.",
                    "Run upgrade again: it goes on where it stopped."));
        }
        if (state.failed().isPresent()) {
            return List.of(Finding.critical(
                    name(),
                    state.failed().get().words(),
                    "Run recover, or upgrade: it finds out from the schema how far that came."));
        }
        Set<String> heads = new TreeSet<>(state.ids());
        Set<String> parents = new HashSet<>();
        state.applied().forEach(revision -> parents.addAll(revision.parents()));
        heads.removeAll(parents);
        Set<String> expected = new TreeSet<>(context.expectedHeads());
        if (expected.equals(heads)) {
            return List.of();
        }
        return List.of(Finding.critical(
                name(),
                "the database is at " + words(heads) + ", expected was " + words(expected) + ".",
                "Look at the history: another tool or a person may have changed it during the run."));
    }

    private static String words(Set<String> heads) {
        return heads.isEmpty() ? "base" : String.join(", ", heads);
    }

    @Override
    public String name() {
        return "Heads.areExpected";
    }

    @Override
    public String toString() {
        return name() + "()";
    }
}
