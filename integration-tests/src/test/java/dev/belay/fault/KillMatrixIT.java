package dev.belay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.fault.CrashScenario;
import dev.belay.testkit.fault.Fault;
import dev.belay.testkit.fault.KillMatrix;
import dev.belay.testkit.fault.MatrixReport;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run broken at any act, in any way: nothing is lost, and the next run makes good. By default a choice of the points; all of
 * them, for hours, with {@code -Dbelay.killmatrix=full}; so many in each scenario with {@code -Dbelay.killmatrix=100}.
 */
class KillMatrixIT {
    private static final Logger LOG = LoggerFactory.getLogger(KillMatrixIT.class);
    private static final String RUNS = System.getProperty("belay.killmatrix", "4");

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServers.search().setting("max_connections", "60").find();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                TransactionalUpgrade.class,
                MixedUpgrade.class,
                DowngradeOfAll.class,
                RollbackByDowngrade.class,
                RollbackByRestore.class,
                RestoreOnRequest.class
            })
    void theNextRunMakesGood(Class<? extends CrashScenario> scenario) {
        KillMatrix matrix = KillMatrix.of(scenario);
        MatrixReport report = (RUNS.equals("full") ? matrix : matrix.sample(Integer.parseInt(RUNS))).runOn(server);
        LOG.info("{}", report);
        assertThat(report.failures()).as(report.toString()).isEmpty();
    }

    @Test
    void aRunThatLosesRowsIsFound() {
        MatrixReport report = KillMatrix.of(LosesRows.class)
                .faults(EnumSet.of(Fault.TERMINATE))
                .sample(6)
                .runOn(server);
        assertThat(report.failures())
                .as(report.toString())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.what().get(0)).contains("nowhere whole"));
    }
}
