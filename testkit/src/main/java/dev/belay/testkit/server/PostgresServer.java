package dev.belay.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server that a test may use as it likes.
 *
 * <p>Found or started by {@link PostgresServers}. Where Belay started it, it listens on 127.0.0.1 and on a unix socket in
 * {@link #socketDirectory()} only, asks for a random password, and is stopped and removed by {@link #close()}, at the end
 * of the JVM, and also when the JVM is killed. A server named by {@code BELAY_TEST_URL} is left running by
 * {@code close()}; what a test created in it is the test's to drop.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class PostgresServer implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Endpoint endpoint;
    private final Running running;
    private final ServerFacts facts;

    PostgresServer(Endpoint endpoint, Running running, ServerFacts facts) {
        this.endpoint = endpoint;
        this.running = running;
        this.facts = facts;
    }

    /** The host name or address. */
    public String host() {
        return endpoint.host();
    }

    /** The TCP port. */
    public int port() {
        return endpoint.port();
    }

    /** The role to connect as; a superuser wherever Belay started the server, see {@link #superuser()}. */
    public String user() {
        return endpoint.user();
    }

    /** The password of {@link #user()}; empty where the server asks for none. */
    public String password() {
        return endpoint.password();
    }

    /** The version as the server says it, such as {@code 15.13}. */
    public String version() {
        return facts.version();
    }

    /** The major version, such as 15. */
    public int majorVersion() {
        return facts.majorVersion();
    }

    /** Whether {@link #user()} is a superuser. */
    public boolean superuser() {
        return facts.superuser();
    }

    /** The JDBC URL of a database, without user and password. */
    public String jdbcUrl(String database) {
        return endpoint.jdbcUrl(database);
    }

    /** The URL of a database as libpq writes it, with user and password: for a tool that takes one string. */
    public String libpqUrl(String database) {
        String secret = password().isEmpty() ? "" : ":" + encode(password());
        return "postgresql://" + encode(user()) + secret + "@" + host() + ":" + port() + "/" + encode(database);
    }

    /** The directory of the server's unix socket, where Belay started the server from programs. */
    public Optional<Path> socketDirectory() {
        return running.directory();
    }

    /** The server's log, where Belay started the server from programs. */
    public Optional<Path> logFile() {
        return running.directory().map(directory -> directory.resolve("server.log"));
    }

    /** The directory of the programs that the server runs from (and, as a rule, of its pg_dump), where it is known. */
    public Optional<Path> programs() {
        return running.programs();
    }

    /**
     * Connects to a database as {@link #user()}.
     *
     * @throws SQLException if the server refuses
     */
    public Connection connect(String database) throws SQLException {
        return endpoint.connect(database);
    }

    /**
     * Creates an empty database.
     *
     * @return its JDBC URL
     * @throws PostgresServerException if the server refuses, for instance as it exists already
     */
    public String createDatabase(String name) {
        execute("CREATE DATABASE " + quoted(name) + " TEMPLATE template0", "create database " + quoted(name));
        return jdbcUrl(name);
    }

    /**
     * Creates an empty database under a name that no other call in this JVM gives.
     *
     * @param prefix what the name begins with
     * @return the database's name
     * @throws PostgresServerException if the server refuses
     */
    public String createUniqueDatabase(String prefix) {
        String name = uniqueName(prefix);
        createDatabase(name);
        return name;
    }

    private static String uniqueName(String prefix) {
        return prefix + "_" + ProcessHandle.current().pid() + "_" + NAMES.incrementAndGet();
    }

    /**
     * Creates a copy of a database, in which nobody may be connected, under a name that no other call in this JVM gives. Its
     * settings and grants are not copied.
     *
     * @param prefix what the name begins with
     * @param original the database to copy
     * @return the copy's name
     * @throws PostgresServerException if the server refuses
     */
    public String createUniqueCopy(String prefix, String original) {
        String name = uniqueName(prefix);
        execute(
                "CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(original),
                "create database " + quoted(name) + " as a copy of " + quoted(original));
        return name;
    }

    /**
     * Drops a database if it exists, and ends the sessions in it.
     *
     * @throws PostgresServerException if the server refuses
     */
    public void dropDatabase(String name) {
        // DROP DATABASE ... WITH (FORCE) came with PostgreSQL 13.
        String force = majorVersion() >= 13 ? " WITH (FORCE)" : "";
        execute("DROP DATABASE IF EXISTS " + quoted(name) + force, "drop database " + quoted(name));
    }

    /**
     * Stops the server at once, without a checkpoint, as a crash would: sessions break, the next start recovers.
     *
     * @throws UnsupportedOperationException if Belay did not start the server from programs
     */
    public void crash() {
        running.crash();
    }

    /**
     * Starts the server again on the same port after {@link #crash()}.
     *
     * @throws UnsupportedOperationException if Belay did not start the server from programs
     * @throws PostgresServerException if it does not come up
     */
    public void restart() {
        running.restart();
    }

    /** Stops the server and removes its files; does nothing to a server that {@code BELAY_TEST_URL} names, or twice. */
    @Override
    public void close() {
        running.close();
    }

    /** Where the server is, without its password. */
    @Override
    public String toString() {
        return "PostgreSQL " + version() + " on " + host() + ":" + port();
    }

    private void execute(String sql, String what) {
        try (Connection connection = endpoint.connect(endpoint.database());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new PostgresServerException("Could not " + what + " on " + this + ": " + e.getMessage(), e);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, UTF_8).replace("+", "%20");
    }

    /** Where to connect, as whom, and the database to give administrative commands from. */
    record Endpoint(String host, int port, String user, String password, String database) {
        Endpoint {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(database, "database");
        }

        String jdbcUrl(String name) {
            return "jdbc:postgresql://" + host + ":" + port + "/" + encode(name);
        }

        Connection connect(String name) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            if (!password.isEmpty()) {
                properties.setProperty("password", password);
            }
            return DriverManager.getConnection(jdbcUrl(name), properties);
        }

        @Override
        public String toString() {
            return user + "@" + host + ":" + port + "/" + database;
        }
    }

    /** What keeps the server up; for a server that someone else runs, nothing. */
    interface Running {
        default Optional<Path> directory() {
            return Optional.empty();
        }

        default Optional<Path> programs() {
            return Optional.empty();
        }

        default void crash() {
            throw new UnsupportedOperationException(
                    "Belay did not start this server from programs: it cannot stop it.");
        }

        default void restart() {
            throw new UnsupportedOperationException(
                    "Belay did not start this server from programs: it cannot start it.");
        }

        void close();
    }
}
