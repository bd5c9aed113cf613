package dev.belay.testkit.junit;

import static dev.belay.testkit.assertj.BelayAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each test has a database of its own. */
class FreshDatabaseIT {
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    @FreshDatabase("revisions/sound")
    static class Users {
        @BeforeEach
        void ada(@FreshDatabase DataSource database) throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO users VALUES (1, 'Ada')");
            }
        }

        @Test
        void hasAllTypesOfOneDatabase(@FreshDatabase Connection connection, @FreshDatabase PostgresDatabase database)
                throws SQLException {
            assertThat(count(connection)).isEqualTo(1);
            assertThat(connection.getCatalog()).isEqualTo(database.name());
            assertThat(SchemaSnapshot.of(database)).hasColumn("public.users.age");
        }

        @Test
        void isAtAnotherRevision(@FreshDatabase(at = "aaaa1111") PostgresDatabase database) {
            assertThat(SchemaSnapshot.of(database)).hasTable("public.users").hasNoColumn("public.users.age");
        }

        @Test
        void isEmpty(@FreshDatabase(at = "base") PostgresDatabase database) {
            assertThat(SchemaSnapshot.of(database)).hasNoTable("public.users");
        }
    }

    @FreshDatabase("revisions/sound")
    @Execution(ExecutionMode.CONCURRENT)
    static class Many {
        @RepeatedTest(40)
        void isAlone(@FreshDatabase Connection connection) throws SQLException {
            assertThat(NAMES.add(connection.getCatalog())).isTrue();
            assertThat(count(connection)).isZero();
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO users VALUES (1, 'Ada')");
            }
        }
    }

    static class NoSuchRevision {
        @Test
        void takes(@FreshDatabase(value = "revisions/sound", at = "ffff") Connection connection) {}
    }

    @Test
    void aTestHasADatabaseOfEachRevisionThatItAsksFor() {
        run(Users.class, false).assertStatistics(events -> events.succeeded(3));
    }

    @Test
    void testsInParallelDoNotSeeEachOther() throws SQLException {
        NAMES.clear();
        run(Many.class, true).assertStatistics(events -> events.succeeded(40));
        assertThat(NAMES).hasSize(40);
        try (Connection connection = PostgresServers.shared().connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).isNotIn(NAMES);
            }
        }
    }

    @Test
    void anUnknownRevisionFailsTheTest() {
        run(NoSuchRevision.class, false).assertStatistics(events -> events.failed(1));
    }

    private static Events run(Class<?> type, boolean parallel) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .execute()
                .testEvents();
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM users")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
