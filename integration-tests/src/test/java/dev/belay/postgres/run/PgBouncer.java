package dev.belay.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's pgbouncer before a server, on a port of its own. */
final class PgBouncer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final PostgresServer server;
    private final Path directory;
    private final int port;
    private final Process process;

    private PgBouncer(PostgresServer server, Path directory, int port, Process process) {
        this.server = server;
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one; where there is none, the test is left out.
     *
     * @param mode transaction or session
     */
    static PgBouncer before(PostgresServer server, String mode) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "pgbouncer is not installed: apt-get install pgbouncer");
        Path directory = Files.createTempDirectory("belay-pgbouncer");
        int port = freePort();
        Path settings = directory.resolve("pgbouncer.ini");
        Files.writeString(settings, settings(server, mode, port));
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("runuser", "-u", "nobody", "--")); // it refuses to run as root
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        command.addAll(List.of(PROGRAM.toString(), "-q", settings.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PgBouncer started = new PgBouncer(server, directory, port, process);
        started.await();
        return started;
    }

    private static String settings(PostgresServer server, String mode, int port) {
        String password = server.password().isEmpty() ? "" : " password='" + server.password() + "'";
        return """
                [databases]
                * = host=%s port=%d user=%s%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                default_pool_size = 60
                max_client_conn = 1000
                ignore_startup_parameters = extra_float_digits
                """.formatted(server.host(), server.port(), server.user(), password, port, mode);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                Thread.sleep(50); // it has only been started
            }
        }
        assertThat(Files.readString(directory.resolve("log")))
                .as("pgbouncer's log")
                .isNull();
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The same address with the password, as the command line takes it. */
    String libpqUrl(String database) {
        return "postgresql://" + server.user() + "@127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();
        Files.deleteIfExists(directory.resolve("pgbouncer.ini"));
        Files.deleteIfExists(directory.resolve("log"));
        Files.deleteIfExists(directory);
    }
}
