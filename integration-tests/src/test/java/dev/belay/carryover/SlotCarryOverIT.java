package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.report.MigrationReport;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** By a replication slot. */
class SlotCarryOverIT extends CarryOverContract {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServers.search().setting("wal_level", "logical").find();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    PostgresServer server() {
        return server;
    }

    @Test
    void rowsOfATableThatTheMigrationMadeAreTold() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY)");
        clinic.revision("CREATE TABLE u (id int PRIMARY KEY)", true);
        MigrationReport report = clinic.restored(clinic.failing(List.of(), List.of("INSERT INTO u VALUES (1)")));
        assertThat(report.notes())
                .anySatisfy(
                        note -> assertThat(note).contains("public.u: 0 carried over, 1 not (the table is not there)"));
    }
}
