package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.context.ForwardingContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Observations;
import dev.belay.rollback.RollbackContext;
import java.sql.SQLException;

/** What every restore beside needs of a plan, whether it takes a change back or was asked for alone. */
abstract class BesideContext extends ForwardingContext implements RollbackContext {
    final Settings settings;
    final Recorder run;

    BesideContext(Settings settings, Recorder run) {
        super(run);
        this.settings = settings;
        this.run = run;
    }

    @Override
    public final Database database() {
        return settings.database();
    }

    @Override
    public final void restore(Backup backup, Database into) {
        run.journal().back(JournalEntry.Act.RESTORE, run);
        settings.backup().restore(backup, into, this);
    }

    @Override
    public final Copies copies() {
        return settings.database().copies();
    }

    @Override
    public final Observations observations() {
        return settings.database().observations();
    }

    @Override
    public final void carryOver(Database kept, Database restored) throws SQLException {
        settings.database().auditTrail().carryOver(kept, restored);
        run.journal().into(restored);
    }
}
