package dev.belay.reversible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.fault.KillMatrix;
import dev.belay.testkit.fault.MatrixReport;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import org.junit.jupiter.api.Test;

// tag::matrix[]
class BrokenRunsIT {
    @Test
    void loseNothingAndAreMadeGoodByTheNext() {
        try (PostgresServer server =
                PostgresServers.search().setting("max_connections", "60").find()) {
            MatrixReport report =
                    KillMatrix.of(UpgradeOfEmployees.class).sample(4).runOn(server);
            assertThat(report.failures()).as(report.toString()).isEmpty();
        }
    }
}
// end::matrix[]
