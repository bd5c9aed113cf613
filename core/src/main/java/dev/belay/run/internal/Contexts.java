package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupStrategy;
import dev.belay.backup.NoBackup;
import dev.belay.backup.ProofLevel;
import dev.belay.context.ForwardingContext;
import dev.belay.context.RunContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.Route;
import dev.belay.run.PreflightContext;
import dev.belay.testrun.NoTestRun;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import dev.belay.validation.ValidationContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What the strategies are passed: each a view of the run, no more than its interface says. */
final class Contexts {
    private Contexts() {}

    static final class ForPreflight extends ForwardingContext implements PreflightContext {
        private final Settings settings;
        private final EngineState state;
        private final Route route;

        ForPreflight(RunContext run, Settings settings, EngineState state, Route route) {
            super(run);
            this.settings = settings;
            this.state = state;
            this.route = route;
        }

        @Override
        public Database database() {
            return settings.database();
        }

        @Override
        public MigrationEngine engine() {
            return settings.engine();
        }

        @Override
        public EngineState state() {
            return state;
        }

        @Override
        public Route route() {
            return route;
        }

        @Override
        public BackupStrategy backup() {
            return settings.backup();
        }

        @Override
        public ProofLevel proof() {
            return settings.proof();
        }

        @Override
        public boolean makesCopies() {
            boolean proves =
                    !(settings.backup() instanceof NoBackup) && settings.proof().atLeast(ProofLevel.RESTORED);
            return proves || !(settings.testRun() instanceof NoTestRun);
        }

        @Override
        public boolean mayRestore() {
            return !(settings.backup() instanceof NoBackup)
                    && settings.rollback().mayRestore();
        }
    }

    static final class ForBackup extends ForwardingContext implements BackupContext {
        private final Settings settings;
        private final EngineState state;
        private final Supplier<Optional<String>> snapshot;

        ForBackup(RunContext run, Settings settings, EngineState state, Supplier<Optional<String>> snapshot) {
            super(run);
            this.settings = settings;
            this.state = state;
            this.snapshot = snapshot;
        }

        @Override
        public Optional<String> snapshot() {
            return snapshot.get();
        }

        @Override
        public Database database() {
            return settings.database();
        }

        @Override
        public EngineState state() {
            return state;
        }

        @Override
        public ProofLevel requestedProof() {
            return settings.proof();
        }
    }

    static final class ForTestRun extends ForwardingContext implements TestRunContext {
        private final Settings settings;
        private final Optional<Backup> backup;
        private final Supplier<TestCopy> restored;

        ForTestRun(RunContext run, Settings settings, Optional<Backup> backup, Supplier<TestCopy> restored) {
            super(run);
            this.settings = settings;
            this.backup = backup;
            this.restored = restored;
        }

        @Override
        public Database database() {
            return settings.database();
        }

        @Override
        public Optional<Backup> backup() {
            return backup;
        }

        @Override
        public TestCopy restoredBackup() {
            return restored.get();
        }

        @Override
        public Copies copies() {
            return settings.database().copies();
        }
    }

    /** What happens in the last transaction before its commit. */
    @FunctionalInterface
    interface BeforeCommit {
        void check(Connection connection) throws SQLException;
    }

    static final class ForEngine extends ForwardingContext implements EngineContext {
        private final Settings settings;
        private final Database database;
        private final Optional<RunLock> lock;
        private final BeforeCommit beforeCommit;

        ForEngine(
                RunContext run,
                Settings settings,
                Database database,
                Optional<RunLock> lock,
                BeforeCommit beforeCommit) {
            super(run);
            this.settings = settings;
            this.database = database;
            this.lock = lock;
            this.beforeCommit = beforeCommit;
        }

        @Override
        public Database database() {
            return database;
        }

        @Override
        public Duration lockTimeout() {
            return settings.lockTimeout();
        }

        @Override
        public Duration statementTimeout() {
            return settings.statementTimeout();
        }

        @Override
        public void beforeCommit(Connection connection) throws SQLException {
            beforeCommit.check(connection);
        }

        @Override
        public boolean lossless() {
            return settings.lossless();
        }

        @Override
        public void checkLock() {
            lock.ifPresent(RunLock::check);
        }

        @Override
        public OptionalLong fencingToken() {
            return lock.map(RunLock::fencingToken).orElse(OptionalLong.empty());
        }
    }

    static final class ForValidation extends ForwardingContext implements ValidationContext {
        private final Phase phase;
        private final Database database;
        private final Connection connection;
        private final int parallelism;
        private final List<String> expectedHeads;
        private final MigrationEngine engine;
        private final Map<String, String> remembered;

        ForValidation(
                RunContext run,
                Phase phase,
                Database database,
                Connection connection,
                List<String> expectedHeads,
                MigrationEngine engine,
                Map<String, String> remembered) {
            super(run);
            this.phase = phase;
            this.database = database;
            this.connection = connection;
            this.parallelism = phase == Phase.IN_TRANSACTION
                    ? 0
                    : Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
            this.expectedHeads = expectedHeads;
            this.engine = engine;
            this.remembered = remembered;
        }

        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public Database database() {
            return database;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public int parallelism() {
            return parallelism;
        }

        @Override
        public List<String> expectedHeads() {
            return expectedHeads;
        }

        @Override
        public EngineState state() throws SQLException {
            return engine.state(connection);
        }

        @Override
        public Map<String, String> remembered() {
            return remembered;
        }
    }
}
