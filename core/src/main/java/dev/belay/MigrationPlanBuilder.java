package dev.belay;

import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.engine.EngineSource;
import dev.belay.engine.MigrationEngine;
import dev.belay.report.ReportDirectory;
import dev.belay.revision.RevisionSource;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.run.Platform;
import dev.belay.run.RunListener;
import dev.belay.run.internal.Settings;
import dev.belay.testrun.TestRunStrategy;
import dev.belay.validation.Validator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link MigrationPlan}. What is required: {@link #database} and one of {@link #revisions} and {@link #engine}.
 * A strategy may be set once; of the environment and the timeouts the last call counts. Not thread-safe.
 *
 * @since 0.1
 */
public final class MigrationPlanBuilder {
    private @Nullable Platform database;
    private @Nullable RevisionSource revisions;
    private @Nullable MigrationEngine engine;
    private @Nullable BackupStrategy backup;
    private @Nullable TestRunStrategy testRun;
    private @Nullable ProofLevel proof;
    private @Nullable RollbackStrategy rollback;
    private @Nullable ReportDirectory reports;
    private @Nullable String force;
    private Environment environment = Environment.PRODUCTION;
    private final List<Validator> validators = new ArrayList<>();
    private final List<RunListener> listeners = new ArrayList<>();
    private Duration timeout = Duration.ofMinutes(5);
    private Duration lockTimeout = Duration.ofSeconds(3);
    private Duration statementTimeout = Duration.ZERO;
    private boolean validateBeforeCommit = true;
    private boolean lossless;
    private boolean carryOverWrites;

    MigrationPlanBuilder() {}

    /** The database to change; required. For PostgreSQL: {@code PostgresDatabase.at(url)}. */
    public MigrationPlanBuilder database(Platform database) {
        this.database = once("database", this.database, database);
        return this;
    }

    /** Where the revisions are, run by Belay's own engine, or, when they are an {@link EngineSource}, by the tool that they are of. */
    public MigrationPlanBuilder revisions(RevisionSource revisions) {
        refuseBoth("revisions", engine, "engine");
        this.revisions = once("revisions", this.revisions, revisions);
        return this;
    }

    /** Another engine than Belay's own; it brings its own revisions. */
    public MigrationPlanBuilder engine(MigrationEngine engine) {
        refuseBoth("engine", revisions, "revisions");
        this.engine = once("engine", this.engine, engine);
        return this;
    }

    /** The set of defaults; {@link Environment#PRODUCTION} by default. */
    public MigrationPlanBuilder environment(Environment environment) {
        this.environment = Objects.requireNonNull(environment, "environment");
        return this;
    }

    /** How backups are taken; by default as the environment says, by pg_dump into {@code backups}. */
    public MigrationPlanBuilder backup(BackupStrategy backup) {
        this.backup = once("backup", this.backup, backup);
        return this;
    }

    /** How far the backup must be proven before anything is changed; by default as the environment says. */
    public MigrationPlanBuilder proof(ProofLevel proof) {
        this.proof = once("proof", this.proof, proof);
        return this;
    }

    /** On which copy the change is tried; by default as the environment says, on the restored backup. */
    public MigrationPlanBuilder testRun(TestRunStrategy testRun) {
        this.testRun = once("testRun", this.testRun, testRun);
        return this;
    }

    /** Leaves out the backup, and with it the proof and the way back by restore. The reason is kept on record. */
    public MigrationPlanBuilder skipBackup(String reason) {
        return backup(BackupStrategy.none(reason(reason, "skipBackup")));
    }

    /** Leaves out the test run. The reason is kept on record. */
    public MigrationPlanBuilder skipTestRun(String reason) {
        return testRun(TestRunStrategy.none(reason(reason, "skipTestRun")));
    }

    /** Goes on over critical findings of the preflight and a failed test run; never over a failed backup. Kept on record. */
    public MigrationPlanBuilder force(String reason) {
        this.force = once("force", this.force, reason(reason, "force"));
        return this;
    }

    /** Checks of the changed database; may be called several times. None by default. */
    public MigrationPlanBuilder validate(Validator... validators) {
        this.validators.addAll(List.of(validators));
        return this;
    }

    /** Lets the validators look only after the commit; by default they look before it where everything is transactional. */
    public MigrationPlanBuilder validateAfterCommit() {
        this.validateBeforeCommit = false;
        return this;
    }

    /**
     * Keeps what a revision destroys (dropped tables and columns, deleted rows, values that were changed or cut) and gives it back
     * when the revision is undone; rows that were written in between stay as they were written. By default nothing is kept.
     *
     * <p>It happens in the revision's own transaction: what is touched is copied first, under a lock that lets others read it, so
     * it takes the room and the time of a copy of the tables that lose something. Left behind in schema {@code belay}: the list
     * {@code belay.kept} and the tables that it names, for as long as the backups are kept; the report tells their sizes.
     *
     * <p>Limitations:
     * <ul>
     *   <li>of a revision outside a transaction, what CALL, DO and Java code destroy is not kept;
     *   <li>without a test run, a revision that destroys something runs twice in its transaction;
     *   <li>changed rows of a table without a key are given back only if nobody has written to the table since;
     *   <li>foreign tables, materialized views, large objects and the positions of sequences are not kept;
     *   <li>a downgrade that needs the lost values while it runs, for instance to make a column NOT NULL, doesn't see them: they
     *       are given back after it.
     * </ul>
     */
    public MigrationPlanBuilder lossless() {
        this.lossless = true;
        return this;
    }

    /**
     * Carries over what applications write after the backup, should the way back be a restore: each transaction as one, in the order of
     * the commits or another in which the same could have been committed, into the restored database before it takes the place of the
     * other. What can't be carried over is told, per table and with the reason, and is still in the database that is kept. By default
     * nothing is carried over.
     *
     * <p>Needs Belay's own engine ({@link #revisions}) and a backup from a given snapshot (pg_dump's), and what the platform needs: see
     * {@code captureWrites} there. On PostgreSQL it captures by a replication slot, or else by triggers, which every write of an application
     * pays for until the run ends; the report says which. For the last changes nobody can connect to the database for an instant. Nothing
     * of it is left after the run; what a killed one leaves, the next removes.
     *
     * @see dev.belay.run.Platform#captureWrites
     */
    public MigrationPlanBuilder carryOverWrites() {
        this.carryOverWrites = true;
        return this;
    }

    /** The way back after a failure that the transaction couldn't undo; by default downgrade, else restore. */
    public MigrationPlanBuilder rollback(RollbackStrategy rollback) {
        this.rollback = once("rollback", this.rollback, rollback);
        return this;
    }

    /** How long the whole run may take; 5 minutes by default. The way back has no timeout. */
    public MigrationPlanBuilder timeout(Duration timeout) {
        this.timeout = positive("timeout", timeout);
        return this;
    }

    /** How long a statement waits for a lock before it steps back and is tried again; 3 seconds by default. */
    public MigrationPlanBuilder lockTimeout(Duration lockTimeout) {
        this.lockTimeout = positive("lockTimeout", lockTimeout);
        return this;
    }

    /** How long a statement may run; by default as long as the run. */
    public MigrationPlanBuilder statementTimeout(Duration statementTimeout) {
        this.statementTimeout = positive("statementTimeout", statementTimeout);
        return this;
    }

    /** Where reports and the audit log are kept; by default they aren't: the caller has the report in hand. */
    public MigrationPlanBuilder reports(Path directory) {
        this.reports = once("reports", this.reports, new ReportDirectory(directory));
        return this;
    }

    /** Is told what happens; may be called several times. */
    public MigrationPlanBuilder listener(RunListener listener) {
        this.listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * The plan.
     *
     * @throws IllegalStateException when something required is missing
     */
    public MigrationPlan build() {
        Platform platform = required("database(...)", database);
        if (carryOverWrites && (engine != null || revisions instanceof EngineSource)) {
            throw new IllegalStateException("carryOverWrites contradicts engine, which is "
                    + (engine != null ? engine : revisions)
                    + ": only the writes of Belay's own engine can be told from those of applications");
        }
        MigrationEngine runner =
                engine != null ? engine : platform.engine(required("revisions(...) or engine(...)", revisions));
        return new MigrationPlan(new Settings(
                platform,
                runner,
                environment.name(),
                backup != null ? backup : environmentBackup(platform),
                proof != null ? proof : environment.proof(),
                testRun != null ? testRun : environmentTestRun(platform),
                validators,
                rollback != null ? rollback : RollbackStrategy.downgrade().orElse(RollbackStrategy.restore()),
                timeout,
                lockTimeout,
                statementTimeout,
                validateBeforeCommit,
                lossless,
                carryOverWrites,
                Optional.ofNullable(force),
                Optional.ofNullable(reports),
                listeners));
    }

    private BackupStrategy environmentBackup(Platform platform) {
        return environment.backsUp()
                ? platform.defaultBackup()
                : BackupStrategy.none("not taken in environment " + environment.name());
    }

    private TestRunStrategy environmentTestRun(Platform platform) {
        return environment.testsFirst()
                ? platform.defaultTestRun()
                : TestRunStrategy.none("not done in environment " + environment.name());
    }

    private String reason(String reason, String method) {
        if (reason.isBlank() && environment.skipsNeedReason()) {
            throw new IllegalArgumentException(
                    method + " needs a reason in environment " + environment.name() + ": it goes on record");
        }
        return reason.isBlank() ? "no reason given" : reason;
    }

    private static <T> T once(String name, @Nullable T before, T now) {
        Objects.requireNonNull(now, name);
        if (before != null) {
            throw new IllegalStateException(name + " is set twice: " + before + " and " + now);
        }
        return now;
    }

    private static void refuseBoth(String name, @Nullable Object other, String otherName) {
        if (other != null) {
            throw new IllegalStateException(name + " contradicts " + otherName + ", which is set already: " + other);
        }
    }

    private static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
        return value;
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the plan lacks " + name);
        }
        return value;
    }
}
