package dev.belay.testkit.contract;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.ProofLevel;
import dev.belay.context.Cancellation;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.run.Platform;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The context that a contract test passes: no timeout, notes kept. */
final class ContractContext implements BackupContext, TestRunContext {
    private final Platform platform;
    private final Cancellation cancellation = Cancellation.withoutTimeout();
    private final List<String> notes = new ArrayList<>();

    ContractContext(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String runId() {
        return "contract_" + Long.toHexString(System.nanoTime() & 0xffffff);
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        if (done < 0 || total < 0 || activity.isBlank()) {
            throw new AssertionError("progress of \"" + activity + "\" is " + done + " of " + total + " " + unit);
        }
    }

    @Override
    public synchronized void note(String message) {
        notes.add(message);
    }

    @Override
    public Database database() {
        return platform;
    }

    @Override
    public EngineState state() {
        return new EngineState(List.of(), Optional.empty());
    }

    @Override
    public ProofLevel requestedProof() {
        return ProofLevel.COMPARED;
    }

    @Override
    public Optional<Backup> backup() {
        return Optional.empty();
    }

    @Override
    public TestCopy restoredBackup() {
        throw new UnsupportedOperationException(
                "this contract has no backup; override TestRunStrategyContract.context()");
    }

    @Override
    public Copies copies() {
        return platform.copies();
    }
}
