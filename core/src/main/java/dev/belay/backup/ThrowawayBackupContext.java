package dev.belay.backup;

import dev.belay.context.ForwardingContext;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import java.util.List;
import java.util.Optional;

/** What a strategy is passed for a backup that nobody keeps. */
final class ThrowawayBackupContext extends ForwardingContext implements BackupContext {
    private final Database database;

    ThrowawayBackupContext(RunContext run, Database database) {
        super(run);
        this.database = database;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public EngineState state() {
        return new EngineState(List.of(), Optional.empty());
    }

    @Override
    public ProofLevel requestedProof() {
        return ProofLevel.NONE;
    }
}
