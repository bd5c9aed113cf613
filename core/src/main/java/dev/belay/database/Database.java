package dev.belay.database;

import dev.belay.context.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One database of a server: production itself, a copy, a database beside.
 *
 * <p>Thread-safe; holds no connection by itself.
 *
 * @since 0.1
 */
public interface Database {
    /** The database's name. */
    String name();

    /** Where it is, for messages: host, port and name, never a user's password. */
    String location();

    /**
     * A new connection in autocommit; the caller closes it.
     *
     * @throws SQLException when the server refuses or can't be reached
     */
    Connection connect() throws SQLException;

    /**
     * As {@link #connect()}; what runs on the connection ends, on the server too, once the run is cancelled. The default leaves
     * it running.
     *
     * @throws SQLException when the server refuses or can't be reached
     */
    default Connection connect(Cancellation cancellation) throws SQLException {
        return connect();
    }

    /** Another database of the same server, reached with the same credentials. */
    Database named(String name);
}
