package dev.belay.run.internal;

import dev.belay.database.Database;
import dev.belay.database.Observations;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import dev.belay.database.TableFingerprint;
import dev.belay.database.WriteMark;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.Route;
import dev.belay.testrun.TestRunFailedException;
import dev.belay.validation.ValidationContext.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The change tried on a copy: there, validated, back, compared, and there again. */
final class Rehearsal {
    private final Settings settings;
    private final Recorder run;
    private final Database copy;
    private final Route route;
    private final Optional<List<TableFingerprint>> known;

    /**
     * @param known the rows of the copy where they are known already, as those of a backup proven by comparison are
     */
    Rehearsal(Settings settings, Recorder run, Database copy, Route route, Optional<List<TableFingerprint>> known) {
        this.settings = settings;
        this.run = run;
        this.copy = copy;
        this.route = route;
        this.known = known;
    }

    void perform() throws SQLException {
        MigrationEngine engine = settings.engine();
        Observations observe = settings.database().observations();
        EngineState before = engine.state(copy);
        SchemaPicture schemaBefore = observe.schema(copy);
        List<TableFingerprint> rowsBefore = known.isPresent() ? known.get() : observe.rows(copy, run);
        WriteMark mark = observe.mark(copy, run);
        Validation validation = new Validation(settings, run, copy).remember();
        run.rehearsed(engine.run(route, context()));
        Validation.requireNoneCritical(validation.look(Phase.COPY, route.to()), "on the copy");
        if (before.partial().isPresent()) {
            run.note("The way back was not tried on the copy: revision "
                    + before.partial().get().revision()
                    + " was half done before, and there is no way back to a half. If this change fails, it is taken back to"
                    + " where the interrupted run began.");
            return;
        }
        List<String> reasons = engine.irreversible(route);
        if (!reasons.isEmpty()) {
            run.note("The way back was not tried on the copy: " + String.join("; ", reasons)
                    + ". If this change fails after its commit, only the restore leads back.");
            return;
        }
        SchemaPicture schemaThere = observe.schema(copy);
        for (Route back : engine.wayBack(engine.state(copy), before)) {
            engine.run(back, context());
        }
        requireSame(
                "after the way back, the schema of the copy is not the one before", schemaBefore, observe.schema(copy));
        List<TableFingerprint> rowsBack = observe.rowsSince(copy, run, mark, rowsBefore);
        engine.run(route, context());
        requireSame(
                "after the second way there, the schema is not that of the first", schemaThere, observe.schema(copy));
        compareRows(rowsBefore, rowsBack);
    }

    private Contexts.ForEngine context() {
        return new Contexts.ForEngine(run, settings, copy, Optional.empty(), connection -> {});
    }

    private static void requireSame(String what, SchemaPicture before, SchemaPicture after) {
        List<SchemaDifference> differences = SchemaDifference.ignoringColumnOrder(before.differencesTo(after));
        if (!differences.isEmpty()) {
            throw new TestRunFailedException(what + ": " + SchemaDifference.join(differences)
                    + ". Production was not touched. Correct the downgrade, or declare the revision irreversible.");
        }
    }

    /** The history of a tool is no data: some tools write down what they take back. */
    private static List<TableFingerprint> without(Set<String> history, List<TableFingerprint> tables) {
        return tables.stream().filter(table -> !history.contains(table.table())).toList();
    }

    /**
     * A table that the change itself didn't touch must be the same after the way back. One that it did touch may have lost
     * what the downgrade can't bring back, and that is said.
     */
    private void compareRows(List<TableFingerprint> before, List<TableFingerprint> back) throws SQLException {
        Set<String> history = settings.engine().historyTables(copy);
        List<String> differences = Proof.differences(without(history, before), without(history, back));
        if (differences.isEmpty()) {
            return;
        }
        Set<TableFingerprint> there =
                Set.copyOf(settings.database().observations().rows(copy, run));
        Set<TableFingerprint> backAgain = Set.copyOf(back);
        String untouched = before.stream()
                .filter(table -> there.contains(table) && !backAgain.contains(table))
                .map(TableFingerprint::table)
                .collect(Collectors.joining(", "));
        if (!untouched.isEmpty()) {
            throw new TestRunFailedException(
                    "the way there leaves these tables alone, but the way back changes their rows: " + untouched
                            + ". Production was not touched. Correct the downgrade.");
        }
        run.note("The way back does not bring every row back: " + String.join("; ", differences)
                + ". The schema is restored by it, these rows only by the backup.");
    }
}
