package dev.belay.postgres.backup;

import dev.belay.backup.BackupContext;
import dev.belay.backup.ProofLevel;
import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run that keeps what it is told. */
record TestBackupContext(Database database, Cancellation cancellation, List<String> notes, List<String> progress)
        implements BackupContext {
    static TestBackupContext of(Database database) {
        return new TestBackupContext(
                database, Cancellation.withoutTimeout(), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    @Override
    public String runId() {
        return "test";
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        progress.add(activity + " " + done + "/" + total + " " + unit);
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public EngineState state() {
        return new EngineState(List.of(), Optional.empty());
    }

    @Override
    public ProofLevel requestedProof() {
        return ProofLevel.COMPARED;
    }
}
