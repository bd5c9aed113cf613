package dev.belay.benchmarks;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupStrategy;
import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.AuditTrail;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Journal;
import dev.belay.database.Observations;
import dev.belay.database.RunLock;
import dev.belay.database.SampleData;
import dev.belay.engine.MigrationEngine;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.revision.RevisionSource;
import dev.belay.run.Platform;
import dev.belay.run.Preflight;
import dev.belay.testrun.TestRunStrategy;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A database without lock and journal: what a run costs then is what they cost. For the benchmark alone. */
record Unguarded(PostgresDatabase whole) implements PostgresEndpoint, Platform {
    /** Nobody else runs. */
    private record NoLock() implements RunLock {
        @Override
        public void check() {}

        @Override
        public void close() {}
    }

    /** Keeps nothing. */
    private record NoJournal() implements Journal {
        @Override
        public Optional<String> read(Database database) {
            return Optional.empty();
        }

        @Override
        public void write(Database database, String runId, String entry) {}

        @Override
        public void erase(Database database) {}
    }

    /** The same backup, with no journal beside it. */
    record NoJournalBeside(BackupStrategy whole) implements BackupStrategy {
        @Override
        public Backup take(BackupContext context) {
            return whole.take(context);
        }

        @Override
        public void restore(Backup backup, Database into, RunContext context) {
            whole.restore(backup, into, context);
        }

        @Override
        public void check(Backup backup, RunContext context) {
            whole.check(backup, context);
        }

        @Override
        public void recordProof(Backup backup) {
            whole.recordProof(backup);
        }

        @Override
        public List<Backup> list(String database) {
            return whole.list(database);
        }

        @Override
        public List<String> retain(String database, Set<String> keep) {
            return whole.retain(database, keep);
        }
    }

    @Override
    public Journal journal() {
        return new NoJournal();
    }

    @Override
    public Optional<RunLock> lock(RunContext context, Need need) {
        return Optional.of(new NoLock());
    }

    @Override
    public Optional<RunLock> tryLock(RunContext context) {
        return Optional.of(new NoLock());
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public String location() {
        return whole.location();
    }

    @Override
    public Connection connect() {
        return whole.connect();
    }

    @Override
    public Connection connect(Cancellation cancellation) {
        return whole.connect(cancellation);
    }

    @Override
    public Connection connect(String purpose) {
        return whole.connect(purpose);
    }

    @Override
    public Map<String, String> clientEnvironment() {
        return whole.clientEnvironment();
    }

    @Override
    public PostgresEndpoint named(String name) {
        return whole.named(name);
    }

    @Override
    public MigrationEngine engine(RevisionSource revisions) {
        return whole.engine(revisions);
    }

    @Override
    public Preflight preflight() {
        return whole.preflight();
    }

    @Override
    public BackupStrategy defaultBackup() {
        return new NoJournalBeside(whole.defaultBackup());
    }

    @Override
    public TestRunStrategy defaultTestRun() {
        return whole.defaultTestRun();
    }

    @Override
    public Copies copies() {
        return whole.copies();
    }

    @Override
    public Observations observations() {
        return whole.observations();
    }

    @Override
    public void copySchema(Database into, RunContext context) {
        whole.copySchema(into, context);
    }

    @Override
    public SampleData sampleData() {
        return whole.sampleData();
    }

    @Override
    public AuditTrail auditTrail() {
        return whole.auditTrail();
    }
}
