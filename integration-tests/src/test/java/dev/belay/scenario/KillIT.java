package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.cli.Belay;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After kill -9 the next run tidies up, and takes nobody else's database for a leftover. */
class KillIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void aCopyThatHasNoCommentYetIsDroppedByTheNextRun() throws Exception {
        scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
        String users = scenario.name() + "_belay_test_20260101_000000_abcd";
        scenario.execute("postgres", "CREATE DATABASE " + users);
        try {
            killBetweenCreateAndComment();
            List<String> left = scenario.databases("_belay_");
            assertThat(left).hasSize(2).contains(users);

            Belay.Result result = commandLine().join().exits(0);

            assertThat(result.out() + result.err()).contains("Dropped the scratch database");
            assertThat(scenario.databases("_belay_")).containsExactly(users);
        } finally {
            scenario.server().dropDatabase(users);
        }
        scenario.assertNothingIsLeft();
    }

    private void killBetweenCreateAndComment() throws Exception {
        try (Connection blocker = scenario.server().connect("postgres");
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            // whoever comments on a database waits; reading the comments goes on
            statement.execute("LOCK TABLE pg_catalog.pg_shdescription IN SHARE MODE");
            Belay.Running running = commandLine();
            String pid = awaitComment(running);
            running.signal("KILL");
            running.join().exits(137);
            // the server notices that a client is gone when it next writes to it: here that would be after the comment
            scenario.value("postgres", "SELECT pg_terminate_backend(" + pid + ", 60000)");
            blocker.rollback();
        }
    }

    private String awaitComment(Belay.Running running) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String pid = "";
        while (pid.isEmpty() && running.isRunning() && System.nanoTime() < end) {
            Scenario.sleep(20);
            pid = scenario.value(
                    "postgres",
                    "SELECT coalesce(min(pid)::text, '') FROM pg_stat_activity WHERE query LIKE 'COMMENT ON DATABASE \""
                            + scenario.name() + "%' AND wait_event_type = 'Lock'");
        }
        assertThat(pid).as("the session that comments").isNotEmpty();
        return pid;
    }

    private Belay.Running commandLine() {
        return new Belay(scenario.directory())
                .with("DATABASE_URL", scenario.server().libpqUrl(scenario.name()))
                .start(
                        "upgrade",
                        "-v",
                        "--revisions",
                        scenario.directory().resolve("revisions").toString());
    }
}
