package dev.belay.run.internal;

import dev.belay.context.RunContext;
import dev.belay.database.Copies;
import dev.belay.database.RunLock;
import dev.belay.run.Platform;
import java.sql.SQLException;
import java.util.Optional;

/** What killed runs left beside a database. */
public final class Leftovers {
    private Leftovers() {}

    /** Drops it for a run that holds no lock: only while no other run is under way, whose databases would look the same. */
    public static void drop(Platform database, RunContext run) throws SQLException {
        Copies copies = database.copies();
        if (!copies.hasLeftovers(database)) {
            return;
        }
        Optional<RunLock> free = database.tryLock(run);
        if (free.isPresent()) {
            try (RunLock lock = free.get()) {
                lock.check();
                copies.dropLeftovers(database, run);
            }
        }
    }
}
