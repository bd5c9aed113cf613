package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What no run may leave behind, on a server that nobody else uses. */
final class Leftovers {
    /** For what ends by itself some moments later: a session, a program whose parent was killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PostgresServer server;
    private final Place place;

    Leftovers(PostgresServer server, Place place) {
        this.server = server;
        this.place = place;
    }

    List<String> look() {
        List<String> found = new ArrayList<>();
        found.addAll(last(
                "scratch database",
                () -> names("SELECT datname FROM pg_database WHERE strpos(datname, '_belay_') > 0")));
        found.addAll(last(
                "session",
                () -> names("SELECT coalesce(datname, '') || ' ' || coalesce(state, '') || ': ' || left(query, 60)"
                        + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")));
        found.addAll(last("advisory lock", () -> names("SELECT mode FROM pg_locks WHERE locktype = 'advisory'")));
        found.addAll(last("prepared transaction", () -> names("SELECT gid FROM pg_prepared_xacts")));
        found.addAll(last("program", this::programs));
        found.addAll(last("temporary file", this::files));
        return found;
    }

    private static List<String> last(String what, Supplier<List<String>> look) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> found = look.get();
        while (!found.isEmpty() && System.nanoTime() < end) {
            pause();
            found = look.get();
        }
        return found.stream().map(one -> what + " left: " + one).toList();
    }

    private List<String> names(String query) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException(server + " can't be looked at", e);
        }
    }

    /** Children of this JVM, and orphans: those whose arguments name the directory. */
    private List<String> programs() {
        String directory = place.directory().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    String command = process.info().command().orElse("");
                    return command.contains("pg_dump") || command.contains("pg_restore");
                })
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(directory))
                .toList();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.walk(place.directory())) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".partial") || file.endsWith(".tmp"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
