package dev.belay.testkit.fault;

import dev.belay.postgres.PostgresDatabase;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a scenario works: a database, by an address that a fault may strike, and a directory of its own.
 *
 * @param host where to connect to
 * @param port the port; that of a proxy while a run is to be broken
 * @param database the database's name, the same for all runs of a matrix
 * @param user the role
 * @param password its password; empty where none is asked for
 * @param directory for backups, reports and revisions; as {@link CrashScenario#prepare} left it when a run begins
 * @since 0.1
 */
public record Place(String host, int port, String database, String user, String password, Path directory) {
    /** Checks. */
    public Place {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(directory, "directory");
    }

    /** The database, for a plan. */
    public PostgresDatabase postgres() {
        return PostgresDatabase.at(jdbcUrl(), user, password);
    }

    /** The JDBC URL, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    Place through(FaultProxy proxy) {
        return new Place(proxy.host(), proxy.port(), database, user, password, directory);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database + " in " + directory;
    }
}
