package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.Route;
import dev.belay.rollback.RollbackFailedException;
import dev.belay.validation.ValidationContext.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a rollback strategy may do: the run's view of the way back. */
final class WayBack extends BesideContext {
    private final Before before;
    private final RunLock lock;
    private final LateWrites late;

    /**
     * The database before the change.
     *
     * @param state what was applied
     * @param heads the applied heads
     * @param schema its schema; empty where another run looked at it
     * @param digest its schema's digest
     * @param validation the validators, with what they remembered of it
     * @param backup the backup of it; empty where there is none
     */
    record Before(
            EngineState state,
            Set<String> heads,
            Optional<SchemaPicture> schema,
            String digest,
            Validation validation,
            Supplier<Optional<Backup>> backup) {}

    WayBack(Settings settings, Recorder run, Before before, RunLock lock, LateWrites late) {
        super(settings, run);
        this.before = before;
        this.lock = lock;
        this.late = late;
    }

    @Override
    public EngineState before() {
        return before.state();
    }

    @Override
    public Optional<Backup> backup() {
        return before.backup().get();
    }

    @Override
    public void downgrade() throws SQLException {
        MigrationEngine engine = settings.engine();
        for (Route route : engine.wayBack(engine.state(database()), before())) {
            run.applied(engine.run(
                    route, new Contexts.ForEngine(this, settings, database(), Optional.of(lock), connection -> {})));
        }
    }

    @Override
    public void validate(Database database) throws SQLException {
        if (!lock.isLatest()) {
            throw new RollbackFailedException("another run took over meanwhile: what it did is not replaced");
        }
        EngineState now = settings.engine().state(database);
        if (!now.sameAs(before.state())) {
            throw new RollbackFailedException("the applied revisions are " + now.ids() + " instead of "
                    + before.state().ids());
        }
        requireSameSchema(observations().schema(database));
        Validation validation =
                database.equals(database()) ? before.validation() : new Validation(settings, this, database);
        var findings = validation.look(Phase.ROLLED_BACK, before.heads());
        run.found(findings);
        Validation.requireNoneCritical(findings, "after the rollback");
    }

    @Override
    public Database swap(Database restored) throws SQLException {
        return late.swap(restored);
    }

    private void requireSameSchema(SchemaPicture now) {
        if (before.schema().isEmpty()) {
            if (!now.digest().equals(before.digest())) {
                throw new RollbackFailedException("the schema is not what it was before; what differs can't be told,"
                        + " since the run that looked at it was interrupted");
            }
            return;
        }
        List<SchemaDifference> differences =
                SchemaDifference.ignoringColumnOrder(before.schema().get().differencesTo(now));
        if (!differences.isEmpty()) {
            throw new RollbackFailedException(
                    "the schema is not what it was before: " + SchemaDifference.join(differences));
        }
    }
}
