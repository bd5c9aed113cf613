package dev.belay.testkit.server;

import dev.belay.BelayException;

/**
 * No PostgreSQL server for tests could be had, or the one that is there refused.
 *
 * @since 0.1
 */
public final class PostgresServerException extends BelayException {
    private static final long serialVersionUID = 1L;

    PostgresServerException(String message) {
        super(message);
    }

    PostgresServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
