package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import dev.belay.database.Database;
import dev.belay.database.TableFingerprint;
import dev.belay.engine.EngineState;
import dev.belay.validation.ValidationContext.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The restore of a chosen backup, without a change before it: what is restored must be what was backed up. */
final class RestoreOnRequest extends BesideContext {
    private final Backup backup;

    RestoreOnRequest(Settings settings, Recorder run, Backup backup) {
        super(settings, run);
        this.backup = backup;
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
}
