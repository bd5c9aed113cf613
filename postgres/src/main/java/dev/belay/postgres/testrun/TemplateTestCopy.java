package dev.belay.postgres.testrun;

import dev.belay.database.Database;
import dev.belay.postgres.copies.internal.Blueprint;
import dev.belay.postgres.copies.internal.Maintenance;
import dev.belay.postgres.copies.internal.Marker;
import dev.belay.postgres.copies.internal.Names;
import dev.belay.postgres.copies.internal.Template;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import dev.belay.testrun.TestRunFailedException;
import dev.belay.testrun.TestRunStrategy;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tries the change on a copy that the server makes of the database itself, by CREATE DATABASE with it as the template.
 *
 * <p>Needs no backup and no client programs; but the database must have no session meanwhile, the role must own it with
 * CREATEDB or be a superuser, and there must be room for a second one of this size. Leaves nothing behind; a copy that a
 * killed run left is dropped by the next one, as it is marked. Thread-safe.
 *
 * @since 0.1
 */
public final class TemplateTestCopy implements TestRunStrategy {
    private TemplateTestCopy() {}

    /** On a copy of the database that is going to be changed. */
    public static TemplateTestCopy ofTheDatabase() {
        return new TemplateTestCopy();
    }

    @Override
    public TestCopy copy(TestRunContext context) {
        Database original = context.database();
        String run = context.runId();
        String name = Names.of(original.name(), "_belay_template_" + run);
        try (Connection connection = Maintenance.connect(original)) {
            Template.awaitQuiet(connection, original.name(), context);
            Template.copy(
                    connection,
                    original.name(),
                    name,
                    Blueprint.of(original.name(), connection),
                    new Marker(Marker.SCRATCH, original.name(), run).text(),
                    context);
        } catch (SQLException e) {
            throw new TestRunFailedException(
                    "No copy of " + original.location() + " could be made for the test run: " + e.getMessage()
                            + ". Nothing was changed. Stop what is connected, or try the change on the restored backup"
                            + " (RestoredCopy.ofTheBackup()), which needs no such quiet.",
                    e);
        }
        Database copy = original.named(name);
        return new TestCopy(copy, describe(), () -> context.copies().drop(copy));
    }

    @Override
    public String describe() {
        return "a template copy";
    }

    @Override
    public String toString() {
        return describe();
    }
}
