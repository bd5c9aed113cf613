package dev.belay.carryover;

import dev.belay.testkit.server.PostgresServer;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** An application that writes as fast as it can, comes back when it was thrown out, and keeps a ledger of what was acknowledged. */
final class Writer extends Thread {
    private final PostgresServer server;
    private final String database;
    private final int id;
    private final Path ledger;
    private final AtomicLong interruptions = new AtomicLong();
    private volatile boolean stopped;

    Writer(PostgresServer server, String database, int id, Path ledger) {
        super("writer-" + id);
        this.server = server;
        this.database = database;
        this.id = id;
        this.ledger = ledger;
    }

    /** How often its connection was ended. */
    long interruptions() {
        return interruptions.get();
    }

    void end() throws InterruptedException {
        stopped = true;
        join();
    }

    @Override
    public void run() {
        long n = 0;
        try (FileWriter acknowledged = new FileWriter(ledger.toFile(), StandardCharsets.UTF_8)) {
            while (!stopped) {
                n = write(n, acknowledged);
                sleep(10); // as a pool does before it connects again
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until its connection is lost. A number whose commit had no answer is not used again: it is neither there nor missing. */
    private long write(long begin, FileWriter acknowledged) throws IOException {
        long n = begin;
        try (Connection connection = server.connect(database)) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO entries (writer, n) VALUES (?, ?)");
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE latest SET n = ? WHERE writer = ?")) {
                while (!stopped) {
                    n++;
                    insert.setInt(1, id);
                    insert.setLong(2, n);
                    insert.executeUpdate();
                    update.setLong(1, n);
                    update.setInt(2, id);
                    update.executeUpdate();
                    connection.commit();
                    acknowledged.write(n + "\n");
                }
            }
        } catch (SQLException e) {
            interruptions.incrementAndGet();
        }
        return n;
    }
}
