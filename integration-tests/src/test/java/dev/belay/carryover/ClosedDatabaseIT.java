package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Copies.LastWrites;
import dev.belay.database.Database;
import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.copies.CopyFailedException;
import dev.belay.postgres.copies.PostgresCopies;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody gets in between the last changes and the renames, and everybody does again afterwards, however it ends. */
class ClosedDatabaseIT {
    private static final RunContext RUN = new RunContext() {
        private final Cancellation cancellation = Cancellation.withoutTimeout();

        @Override
        public String runId() {
            return "20261121_120000_abcd";
        }

        @Override
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public void progress(String activity, long done, long total, String unit) {
            assertThat(activity).isNotEmpty();
        }

        @Override
        public void note(String message) {
            assertThat(message).isNotEmpty();
        }
    };

    private final PostgresServer server = PostgresServers.shared();
    private final PostgresCopies copies = new PostgresCopies();

    @TempDir
    Path backups;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(server, backups);
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    /** The last writes are carried over by this. */
    private interface Finish {
        void run() throws SQLException;
    }

    private Database swap(Finish finish) throws SQLException {
        Database restored = copies.create(clinic.database(), "restored", RUN);
        LastWrites last = new LastWrites() {
            @Override
            public void catchUp() {
                clinic.execute("SELECT 1");
            }

            @Override
            public void finish() throws SQLException {
                finish.run();
            }
        };
        return copies.swap(clinic.database(), restored, last, RUN);
    }

    @Test
    void nobodyCanConnectOrStaysConnectedMeanwhile() throws SQLException {
        clinic.execute("CREATE TABLE t (id int)");
        try (Connection application = server.connect(clinic.name())) {
            Database kept = swap(() -> {
                assertThat(application.isValid(5)).isFalse();
                assertThatThrownBy(() -> server.connect(clinic.name()))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("55000"));
            });
            assertThat(clinic.rows("SELECT to_regclass('t')")).containsExactly("null");
            assertThat(clinic.rows(kept.name(), "SELECT to_regclass('t')")).containsExactly("t");
            assertOpen();
        }
    }

    @Test
    void aFailureLetsConnectionsInAgain() {
        assertThatThrownBy(() -> swap(() -> {
                    throw new SQLException("no more can be read", "08006");
                }))
                .isInstanceOf(CopyFailedException.class)
                .hasMessageContaining("takes connections again");
        clinic.execute("CREATE TABLE t (id int)");
        assertOpen();
    }

    @Test
    void whatAKilledRunLeftClosedIsOpenedByTheNextConnection() throws SQLException {
        close(true);
        clinic.database().connect().close();
        assertOpen();
    }

    @Test
    void whatOthersClosedStaysClosed() {
        close(false);
        assertThatThrownBy(() -> clinic.database().connect()).isInstanceOf(DatabaseUnreachableException.class);
        assertThat(clinic.rows(
                        "postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + clinic.name() + "'"))
                .containsExactly("f");
    }

    private void close(boolean marked) {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + clinic.name() + " ALLOW_CONNECTIONS false");
            if (marked) {
                statement.execute("ALTER DATABASE " + clinic.name() + " SET geqo_seed = 0.6239047115");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertOpen() {
        assertThat(clinic.rows(
                        "postgres", "SELECT datname FROM pg_database WHERE NOT datallowconn AND datname LIKE 'late%'"))
                .isEmpty();
        assertThat(clinic.rows("postgres", "SELECT 1 FROM pg_db_role_setting WHERE setconfig::text LIKE '%geqo_seed%'"))
                .isEmpty();
    }
}
