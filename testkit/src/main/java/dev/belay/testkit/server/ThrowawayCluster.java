package dev.belay.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.testkit.server.PostgresServer.Endpoint;
import dev.belay.testkit.server.ServerSource.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A cluster in a temporary directory, served on 127.0.0.1.
 *
 * <p>The server's parent is a shell that waits for the end of its standard input, which is a pipe from this JVM. However
 * the JVM ends, the pipe closes; the shell then stops the server and removes the directory.
 */
final class ThrowawayCluster implements PostgresServer.Running {
    private static final String HOST = "127.0.0.1";
    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 25;
    private static final int PORT_TRIES = 3;

    /** $1: the program postgres, $2: the cluster's directory. Terminal signals reach the group; the pipe alone decides. */
    private static final String SUPERVISOR = """
            trap '' INT TERM HUP QUIT
            "$1" -D "$2/data" >>"$2/server.log" 2>&1 &
            server=$!
            if read -r last && [ "$last" = crash ]; then
                kill -QUIT $server; wait $server; exit 0
            fi
            kill -INT $server; wait $server
            rm -rf "$2"
            """;

    private final Path programs;
    private final Path directory;
    private final OsUser osUser;
    private final Endpoint endpoint;
    private final Thread hook = new Thread(this::stop, "belay-stop-postgres");
    private Process supervisor;

    private ThrowawayCluster(Path programs, Path directory, OsUser osUser, Endpoint endpoint) throws IOException {
        this.programs = programs;
        this.directory = directory;
        this.osUser = osUser;
        this.endpoint = endpoint;
        this.supervisor = launch();
    }

    static PostgresServer start(Path programs, Wish wish) {
        try {
            OsUser osUser = OsUser.forServers();
            Path directory = newDirectory(osUser);
            String password = Passwords.random();
            try {
                initialise(programs, directory, osUser, password);
                return serve(programs, directory, osUser, password, wish);
            } catch (IOException | RuntimeException e) {
                remove(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new PostgresServerException("could not make a cluster: " + e.getMessage(), e);
        }
    }

    private static Path newDirectory(OsUser osUser) throws IOException {
        // A unix socket's path has 107 bytes at most, and another user must reach it: macOS's long per-user directory
        // won't do.
        Path shared = Path.of("/tmp");
        Path parent = Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir", "."));
        Path directory = Files.createTempDirectory(parent, "belay-pg-");
        osUser.own(directory);
        return directory;
    }

    private static void initialise(Path programs, Path directory, OsUser osUser, String password) throws IOException {
        Path passwordFile = Files.createFile(
                directory.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password + "\n");
        osUser.own(passwordFile);
        Path log = directory.resolve("initdb.log");
        Process initdb = new ProcessBuilder(osUser.command(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + directory.resolve("data"),
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = ended(initdb, START_LIMIT);
        Files.deleteIfExists(passwordFile);
        if (code != 0) {
            throw new PostgresServerException("initdb of " + programs + " failed (" + code + "): " + lastLines(log));
        }
    }

    private static PostgresServer serve(Path programs, Path directory, OsUser osUser, String password, Wish wish)
            throws IOException {
        PostgresServerException failure = new PostgresServerException("the server did not start");
        for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
            int port = freePort();
            configure(directory, port, wish.configuration());
            Endpoint endpoint = new Endpoint(HOST, port, SUPERUSER, password, "postgres");
            ThrowawayCluster cluster = new ThrowawayCluster(programs, directory, osUser, endpoint);
            try {
                ServerFacts facts = cluster.awaitReady();
                Runtime.getRuntime().addShutdownHook(cluster.hook);
                return new PostgresServer(endpoint, cluster, facts);
            } catch (PostgresServerException e) {
                // Someone may have taken the port in between; anything else fails again in the same way.
                failure = e;
                cluster.tell("crash\n");
                ended(cluster.supervisor, STOP_LIMIT);
            }
        }
        throw failure;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void configure(Path directory, int port, Map<String, String> wished) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "listen_addresses = '" + HOST + "'",
                "port = " + port,
                "unix_socket_directories = '" + directory + "'",
                "lc_messages = 'C'"));
        wished.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
        Path auto = directory.resolve("data").resolve("postgresql.auto.conf");
        // The file that ALTER SYSTEM writes is read last; it exists and belongs to the server's user already.
        Files.write(auto, lines, UTF_8);
    }

    private Process launch() throws IOException {
        // Each start has a log of its own to be judged by; the earlier ones are kept beside it.
        if (Files.exists(log())) {
            Files.move(log(), directory.resolve("server." + System.nanoTime() + ".log"));
        }
        return new ProcessBuilder(osUser.command(
                        "/bin/sh",
                        "-c",
                        SUPERVISOR,
                        "belay-pg",
                        programs.resolve("postgres").toString(),
                        directory.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ServerFacts awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                return ServerFacts.askedOf(endpoint);
            } catch (SQLException e) {
                boolean dead = !supervisor.isAlive() || lastLines(log()).contains("database system is shut down");
                if (dead || System.nanoTime() > deadline) {
                    throw new PostgresServerException(
                            "the server in " + directory + " did not start: " + lastLines(log()), e);
                }
                pause();
            }
        }
    }

    @Override
    public Optional<Path> directory() {
        return Optional.of(directory);
    }

    @Override
    public Optional<Path> programs() {
        return Optional.of(programs);
    }

    @Override
    public synchronized void crash() {
        tell("crash\n");
        ended(supervisor, STOP_LIMIT);
    }

    @Override
    public synchronized void restart() {
        try {
            supervisor = launch();
        } catch (IOException e) {
            throw new PostgresServerException("could not start " + programs + "/postgres again: " + e.getMessage(), e);
        }
        awaitReady();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook that can no longer be removed finds nothing left to do.
            return;
        }
    }

    private synchronized void stop() {
        if (supervisor.isAlive()) {
            tell("");
            ended(supervisor, STOP_LIMIT);
        }
        remove(directory);
    }

    /** Writes to the supervisor and closes the pipe. */
    private void tell(String word) {
        try (var pipe = supervisor.getOutputStream()) {
            pipe.write(word.getBytes(UTF_8));
        } catch (IOException e) {
            // The supervisor has gone by itself, and the server with it: that is what was to be said.
            return;
        }
    }

    private Path log() {
        return directory.resolve("server.log");
    }

    private static int ended(Process process, Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return -1;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresServerException("interrupted while the server was starting", e);
        }
    }

    private static String lastLines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // The supervisor removes the same files at the same time: what is left is the system's temporary
            // directory's to clean.
            return;
        }
    }
}
