package dev.belay.postgres.run;

import dev.belay.BelayException;

/** The connections go through a pooler that hands each transaction to another session: no lock holds there. @since 0.1 */
public final class PoolerException extends BelayException {
    private static final long serialVersionUID = 1L;

    PoolerException(String location) {
        super("The database " + location
                + " is reached through a pooler in transaction mode (its backend changes between"
                + " statements), where the lock of a run would not hold. Nothing was changed. Give the server's own URL, as"
                + " pg_dump needs too, or set pool_mode=session for Belay's user.");
    }
}
