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

    @Test
    void aRoleThatMayNotReplicateCapturesByTriggers() {
        String owner = clinic.owned();
        try {
            clinic.execute(
                    "SET SESSION AUTHORIZATION " + owner,
                    "CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t)",
                    "INSERT INTO t VALUES (1, NULL)");
            clinic.revision("INSERT INTO t VALUES (77)", true);
            MigrationReport report = clinic.restored(
                    clinic.failing(List.of("INSERT INTO t VALUES (2, 1)"), List.of("INSERT INTO t VALUES (3, 2)")));
            assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("captured by triggers"));
            assertThat(clinic.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|null", "2|1", "3|2");
            assertNothingIsLeft();
        } finally {
            clinic.close();
            clinic.dropRole(owner);
        }
    }
}
