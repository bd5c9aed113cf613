package dev.belay.postgres.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.Rows;
import dev.belay.postgres.revision.LeaseTable.Row;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LeaseTableIT {
    private static final int PATIENCE_SECONDS = 60;

    private final PostgresServer server = PostgresServers.shared();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private String name;

    @BeforeEach
    void createDatabase() {
        name = server.createUniqueDatabase("lease");
    }

    @AfterEach
    void dropDatabase() {
        other.shutdownNow();
        server.dropDatabase(name);
    }

    @Test
    void makesItsTableAndCountsFromOne() throws Exception {
        try (Connection connection = server.connect(name)) {
            assertThat(LeaseTable.read(connection)).isEqualTo(Row.NONE);
            assertThat(take(connection, Row.NONE, false)).hasValue(1);
            assertThat(take(connection, Row.NONE, false)).isEmpty();
            assertThat(take(connection, LeaseTable.read(connection), false)).hasValue(2);
        }
    }

    @Test
    @Timeout(PATIENCE_SECONDS)
    void givesTheSlowerOfTwoThatMakeTheFirstRowTheNextToken() throws Exception {
        assertThat(slowerOfTwo(true)).hasValue(2);
    }

    @Test
    @Timeout(PATIENCE_SECONDS)
    void givesTheSlowerOfTwoThatMakeTheFirstRowNothingWhereTheQuickerHoldsIt() throws Exception {
        assertThat(slowerOfTwo(false)).isEmpty();
    }

    /** The slower one has seen that there is no row, and its own isn't in the constraints' indexes yet, when the quicker one commits. */
    private OptionalLong slowerOfTwo(boolean orFree) throws Exception {
        try (Connection gate = server.connect(name);
                Connection slow = server.connect(name);
                Connection quick = server.connect(name)) {
            take(gate, Row.NONE, false);
            Rows.of(gate, "DELETE FROM belay.lease");
            Rows.of(gate, """
                    CREATE FUNCTION wait_at_gate(token bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql AS $$
                    BEGIN
                        WHILE current_setting('application_name') = 'slow' AND NOT pg_try_advisory_xact_lock_shared(1) LOOP
                            PERFORM pg_sleep(0.01);
                        END LOOP;
                        RETURN token;
                    END $$""");
            // a row is put into indexes in the order in which they were made
            Rows.of(gate, "CREATE INDEX ON belay.lease (wait_at_gate(token))");
            Rows.of(gate, """
                    ALTER TABLE belay.lease DROP CONSTRAINT lease_pkey, DROP CONSTRAINT lease_singleton_key,
                        ADD PRIMARY KEY (token), ADD UNIQUE (singleton)""");
            Rows.of(gate, "SELECT pg_advisory_lock(1)");
            Rows.of(slow, "SET application_name = 'slow'");

            Future<OptionalLong> slower = other.submit(() -> take(slow, Row.NONE, orFree));
            while (Rows.of(
                            gate,
                            "SELECT 1 FROM pg_stat_activity WHERE datname = '" + name
                                    + "' AND application_name = 'slow' AND wait_event = 'PgSleep'")
                    .isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(take(quick, Row.NONE, orFree)).hasValue(1);
            Rows.of(gate, "SELECT pg_advisory_unlock(1)");

            return slower.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static OptionalLong take(Connection connection, Row seen, boolean orFree) throws SQLException {
        return LeaseTable.take(connection, seen, "run", "holder", !orFree, orFree);
    }
}
