package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.MigrationPlan;
import dev.belay.report.Outcome;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A start with nothing pending costs a handful of round trips and takes no lock. */
class NothingToDoIT {
    @Test
    void aSecondRunTakesAtMostFiveRoundTripsAndNoLock() throws IOException {
        try (PostgresServer server = PostgresServers.search()
                        .setting("log_statement", "all")
                        .setting("log_line_prefix", "%a|%d|")
                        .find();
                Scenario scenario = new Scenario(server)) {
            scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;")
                    .revision(
                            "a0000002",
                            "ALTER TABLE rooms ADD COLUMN name text;",
                            "ALTER TABLE rooms DROP COLUMN name;");
            MigrationPlan plan = scenario.plan().build();
            assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
            int before = statements(server).size();
            assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
            List<String> all = statements(server);
            List<String> second = all.subList(before, all.size());
            assertThat(second).as(String.join("\n", second)).hasSizeLessThanOrEqualTo(5);
            assertThat(second).noneMatch(line -> line.contains("advisory"));
        }
    }

    private static List<String> statements(PostgresServer server) throws IOException {
        return Files.readAllLines(server.logFile().orElseThrow()).stream()
                .filter(line -> line.startsWith("belay"))
                .filter(line -> line.contains("statement:") || line.contains("execute "))
                .toList();
    }
}
