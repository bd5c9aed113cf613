package dev.belay.run.internal;

import dev.belay.engine.MigrationEngine;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.SQLException;
import java.util.List;

/** What the engine checks by itself, as a validator among those of the plan. */
record EngineChecks(MigrationEngine engine) implements Validator {
    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        return engine.verify(context.connection(), context).stream()
                .map(problem -> Finding.critical(name(), problem, "Correct the script, or what it looks for."))
                .toList();
    }

    @Override
    public String name() {
        return "the revisions' own checks";
    }
}
