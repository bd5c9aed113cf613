package dev.belay.postgres.connection;

import dev.belay.BelayException;

/** No connection could be had. The cause is the driver's exception. @since 0.1 */
public final class DatabaseUnreachableException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** The host's name has no address. */
        UNKNOWN_HOST,
        /** Nothing listens there, or a firewall refuses. */
        REFUSED,
        /** No answer in time. */
        TIMEOUT,
        /** User, password or pg_hba.conf. */
        AUTHENTICATION,
        /** The server has no database of that name. */
        UNKNOWN_DATABASE,
        /** All connections are taken. */
        TOO_MANY_CONNECTIONS,
        /** The server is starting, stopping, or takes no connections to this database. */
        NOT_ACCEPTING,
        /** The two sides don't agree on encryption. */
        ENCRYPTION,
        /** Anything else; the message has the server's words. */
        OTHER
    }

    private final Reason reason;

    /** With the reason, for callers that decide by it. */
    public DatabaseUnreachableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What stood in the way. */
    public Reason reason() {
        return reason;
    }
}
