package dev.belay.postgres.connection;

import dev.belay.database.Database;
import java.sql.Connection;
import java.util.Map;

/**
 * A database that names the purpose of its connections and can be reached by PostgreSQL's own client programs.
 *
 * <p>Thread-safe; holds no connection by itself.
 *
 * @since 0.1
 */
public interface PostgresEndpoint extends Database {
    /**
     * A new connection in autocommit, shown by the server under the application name {@code belay <purpose>}; the caller
     * closes it. Opening it runs no statement.
     *
     * @param purpose one or two words, for instance {@code "run 20250131-101500"}
     * @throws DatabaseUnreachableException when the server refuses or can't be reached
     */
    Connection connect(String purpose);

    /**
     * The variables with which pg_dump, pg_restore and psql reach this database: {@code PGHOST}, {@code PGPASSWORD} and so
     * on. It holds the password, in order that no command line has to; never log it.
     */
    Map<String, String> clientEnvironment();

    @Override
    PostgresEndpoint named(String name);

    /**
     * A database as an endpoint.
     *
     * @throws IllegalArgumentException when it is of another kind, and so can't be handed to client programs
     */
    static PostgresEndpoint of(Database database) {
        if (database instanceof PostgresEndpoint endpoint) {
            return endpoint;
        }
        throw new IllegalArgumentException("The database " + database.name() + " is a "
                + database.getClass().getName() + ", which PostgreSQL's client programs can't be pointed to."
                + " Make it with PostgresDatabase.at(...).");
    }
}
