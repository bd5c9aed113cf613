package dev.belay.prove.internal;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.prove.RevisionHook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What a test does of its own around one revision; a fault of it is told in a sentence. */
final class OwnSteps {
    private final Optional<RevisionHook> hook;
    private final Cancellation cancellation;

    @FunctionalInterface
    private interface Act {
        void on(RevisionHook hook, Connection connection) throws Exception;
    }

    OwnSteps(Optional<RevisionHook> hook, Cancellation cancellation) {
        this.hook = hook;
        this.cancellation = cancellation;
    }

    boolean any() {
        return hook.isPresent();
    }

    boolean bringsRows() {
        return hook.isPresent() && hook.get().bringsRows();
    }

    Optional<String> before(Database database) throws SQLException {
        return run(database, "The test's own step before the upgrade", true, RevisionHook::beforeUpgrade);
    }

    Optional<String> afterUpgrade(Database database) throws SQLException {
        return run(database, "The test's own check after the upgrade", false, RevisionHook::afterUpgrade);
    }

    Optional<String> afterDowngrade(Database database) throws SQLException {
        return run(database, "The test's own check after the downgrade", false, RevisionHook::afterDowngrade);
    }

    private Optional<String> run(Database database, String what, boolean kept, Act act) throws SQLException {
        if (hook.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = database.connect(cancellation)) {
            connection.setAutoCommit(false);
            try {
                act.on(hook.get(), connection);
            } catch (Exception | AssertionError e) {
                cancellation.check();
                return Optional.of(what + " fails: " + e.getMessage());
            }
            end(connection, kept);
            return Optional.empty();
        }
    }

    private static void end(Connection connection, boolean kept) throws SQLException {
        if (connection.isClosed() || connection.getAutoCommit()) {
            return; // the test has ended it by itself
        }
        if (kept) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }
}
