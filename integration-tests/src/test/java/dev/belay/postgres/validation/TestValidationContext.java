package dev.belay.postgres.validation;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.validation.ValidationContext;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A context on a real connection, with an expectation and a history that a test makes up. */
record TestValidationContext(
        Phase phase,
        Database database,
        Connection connection,
        List<String> expectedHeads,
        EngineState state,
        Map<String, String> remembered,
        Cancellation cancellation,
        List<String> notes)
        implements ValidationContext {

    static TestValidationContext of(Phase phase, Database database, Connection connection) {
        return new TestValidationContext(
                phase,
                database,
                connection,
                List.of(),
                new EngineState(List.of(), Optional.empty()),
                Map.of(),
                Cancellation.withoutTimeout(),
                new ArrayList<>());
    }

    /** For a validator that asks no database; its connection is none. */
    static TestValidationContext withoutDatabase() {
        return of(Phase.COMMITTED, PostgresDatabase.at("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""), null);
    }

    TestValidationContext remembering(Map<String, String> values) {
        return new TestValidationContext(
                phase, database, connection, expectedHeads, state, values, cancellation, notes);
    }

    TestValidationContext at(EngineState now, List<String> expected) {
        return new TestValidationContext(phase, database, connection, expected, now, remembered, cancellation, notes);
    }

    @Override
    public int parallelism() {
        return phase == Phase.IN_TRANSACTION ? 0 : 2;
    }

    @Override
    public String runId() {
        return "test";
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // nobody watches
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }
}
