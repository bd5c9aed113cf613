package dev.belay.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that connect, write, and connect again, all the time, as an application's pool does. */
final class Clients implements AutoCloseable {
    private final Scenario scenario;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    Clients(Scenario scenario, int count) {
        this.scenario = scenario;
        scenario.execute("CREATE TABLE written (id bigserial PRIMARY KEY, at timestamptz DEFAULT now())");
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::write, "client-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void write() {
        while (running.get()) {
            try (Connection connection = scenario.server().connect(scenario.name());
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 20 && running.get(); i++) {
                    statement.execute("INSERT INTO written DEFAULT VALUES");
                    written.incrementAndGet();
                    Scenario.sleep(2);
                }
            } catch (SQLException e) {
                // refused or ended for the instant of the swap: an application's pool tries again, and so does this
                refused.incrementAndGet();
                Scenario.sleep(5);
            }
        }
    }

    /** Whether, from now on, a client gets in and writes. */
    boolean connectsAgain() {
        long before = written.get();
        long end = System.nanoTime() + 60_000_000_000L;
        while (written.get() == before && System.nanoTime() < end) {
            Scenario.sleep(20);
        }
        return written.get() > before;
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
