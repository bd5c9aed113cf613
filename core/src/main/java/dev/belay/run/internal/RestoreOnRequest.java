package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import dev.belay.context.ForwardingContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Observations;
import dev.belay.database.TableFingerprint;
import dev.belay.engine.EngineState;
import dev.belay.rollback.RollbackContext;
import dev.belay.validation.ValidationContext.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The restore of a chosen backup, without a change before it: what is restored must be what was backed up. */
final class RestoreOnRequest extends ForwardingContext implements RollbackContext {
    private final Settings settings;
    private final Recorder run;
    private final Backup backup;

    RestoreOnRequest(Settings settings, Recorder run, Backup backup) {
        super(run);
        this.settings = settings;
        this.run = run;
        this.backup = backup;
    }

    @Override
    public Database database() {
        return settings.database();
    }

    @Override
    public EngineState before() {
        throw noChange();
    }

    @Override
    public Optional<Backup> backup() {
        return Optional.of(backup);
    }

    @Override
    public void downgrade() {
        throw noChange();
    }

    private static IllegalStateException noChange() {
        return new IllegalStateException("A restore on request has no change before it that could be taken back.");
    }

    @Override
    public void restore(Backup chosen, Database into) {
        settings.backup().restore(chosen, into, this);
    }

    @Override
    public void validate(Database restored) throws SQLException {
        if (backup.rows().isPresent()) {
            requireSameRows(backup.rows().get(), observations().rows(restored, this));
        }
        run.found(new Validation(settings, this, restored).look(Phase.COPY, backup.revisions()));
    }

    private void requireSameRows(List<TableFingerprint> expected, List<TableFingerprint> actual) {
        List<String> differences = Proof.differences(expected, actual);
        if (!differences.isEmpty()) {
            throw new BackupFailedException(
                    "The restored rows of " + backup.location() + " are not those it was taken from: "
                            + String.join("; ", differences) + ". The database was not touched.");
        }
    }

    @Override
    public Copies copies() {
        return settings.database().copies();
    }

    @Override
    public Observations observations() {
        return settings.database().observations();
    }

    @Override
    public void carryOver(Database kept, Database restored) throws SQLException {
        settings.database().auditTrail().carryOver(kept, restored);
    }
}
