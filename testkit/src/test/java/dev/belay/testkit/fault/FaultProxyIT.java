package dev.belay.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.belay.testkit.fault.Act.Kind;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A proxy that counts acts, and breaks what it is told to break. */
class FaultProxyIT {
    private final PostgresServer server = PostgresServers.shared();
    private final String database = server.createUniqueDatabase("proxied");
    private final FaultProxy proxy = FaultProxy.before(server);

    @BeforeEach
    void makeATable() throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int)");
        }
    }

    @AfterEach
    void close() {
        proxy.close();
        server.dropDatabase(database);
    }

    @Test
    void countsWhatChangesSomething() throws SQLException {
        insertInATransaction();
        assertThat(proxy.acts())
                .extracting(Act::kind, Act::words)
                .containsExactly(tuple(Kind.CHANGE, "INSERT INTO t VALUES (1)"), tuple(Kind.COMMIT, "COMMIT"));
        assertThat(proxy.struck()).isEmpty();
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"KILL", "CRASH"},
            mode = EnumSource.Mode.EXCLUDE)
    void aCommitThatDidNotReachTheServerIsNone(Fault fault) throws SQLException {
        proxy.strikeAt(new Point(2, Moment.BEFORE), fault);
        assertThatThrownBy(this::insertInATransaction).isInstanceOf(SQLException.class);
        assertThat(proxy.struck()).map(Act::words).contains("COMMIT");
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "STALL", "HALF_CLOSE"})
    void aCommitThatReachedTheServerIsOneAlsoWhenTheClientDoesNotHear(Fault fault) throws SQLException {
        proxy.strikeAt(new Point(2, Moment.AFTER), fault);
        assertThatThrownBy(this::insertInATransaction).isInstanceOf(SQLException.class);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void killsWhatItIsTold() throws SQLException {
        StringBuilder killed = new StringBuilder();
        proxy.strikeAt(new Point(1, Moment.AFTER), Fault.KILL, () -> killed.append("killed"));
        insertInATransaction();
        assertThat(killed).hasToString("killed");
        assertThatThrownBy(() -> proxy.strikeAt(new Point(1, Moment.AFTER), Fault.KILL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs to know whom");
    }

    @Test
    void whatRunsConcurrentlyIsStruckWhileItWaits() throws SQLException {
        proxy.strikeAt(new Point(1, Moment.INSIDE), Fault.TERMINATE);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE INDEX CONCURRENTLY i ON t (id)"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(number("SELECT count(*) FROM pg_index WHERE indexrelid = 'i'::regclass AND NOT indisvalid"))
                .isEqualTo(1);
    }

    private void insertInATransaction() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1");
            statement.execute("INSERT INTO t VALUES (1)");
            connection.commit();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + proxy.host() + ":" + proxy.port() + "/" + database,
                server.user(),
                server.password());
    }

    private long rows() throws SQLException {
        return number("SELECT count(*) FROM t");
    }

    private long number(String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
