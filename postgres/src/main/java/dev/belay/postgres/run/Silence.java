package dev.belay.postgres.run;

import dev.belay.postgres.revision.LeaseTable.Row;
import java.time.Duration;

/**
 * Whether the holder of a lease stopped counting. Looked at by this process's own steady clock, which no correction of the time
 * of day moves; the server's and the holder's clocks don't come into it.
 */
final class Silence {
    private final Duration limit;
    private Row last = Row.NONE;
    private long since = System.nanoTime();

    Silence(Duration limit) {
        this.limit = limit;
    }

    /** Whether the row has been the same for longer than the limit; to be asked again and again. */
    boolean isOver(Row row) {
        long now = System.nanoTime();
        if (row.token() != last.token() || row.beat() != last.beat()) {
            last = row;
            since = now;
        }
        return now - since > limit.toNanos();
    }
}
