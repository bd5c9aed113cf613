package dev.belay.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.opentest4j.AssertionFailedError;

/** Classes with one annotation, run from outside. */
class ReversibleRevisionsIT {
    @ReversibleRevisions("revisions/sound")
    static class Sound {}

    @ReversibleRevisions(directory = "src/test/resources/revisions/faulty")
    static class Faulty {}

    @ReversibleRevisions("revisions/branches")
    static class Branches {}

    @ReversibleRevisions("revisions/noway")
    static class NoWayBack {}

    @ReversibleRevisions("revisions/sound")
    static class OwnRows {
        private static final List<String> CALLS = new ArrayList<>();
        private int ada;

        @BeforeRevision("bbbb")
        void rows(Connection connection) throws SQLException {
            ada = 7;
            CALLS.add("before " + count(connection));
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO users VALUES (" + ada + ", 'Ada')");
            }
        }

        @AfterUpgrade("bbbb2222")
        void aged(Connection connection) throws SQLException {
            CALLS.add("up " + count(connection));
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("DELETE FROM users RETURNING id, age")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(ada);
                assertThat(rows.getInt(2)).isZero();
            }
        }

        @AfterDowngrade("bbbb2222")
        void back(Connection connection) throws SQLException {
            CALLS.add("down " + count(connection));
        }
    }

    @ReversibleRevisions("revisions/sound")
    static class FailingCheck {
        @AfterUpgrade("bbbb2222")
        void wrong(Connection connection) throws SQLException {
            assertThat(count(connection)).as("users").isEqualTo(-1);
        }
    }

    @Test
    void anEmptyClassHasATestForEachPromise() throws SQLException {
        EngineExecutionResults results = run(Sound.class);

        assertThat(names(results))
                .containsExactly(
                        "there is a single head",
                        "every revision has a downgrade or says why not",
                        "all revisions upgrade an empty database",
                        "aaaa1111 users: up, down and up again",
                        "bbbb2222 age of users: up, down and up again",
                        "down to base leaves no trace",
                        "all up, all down, all up again");
        results.testEvents().assertStatistics(events -> events.succeeded(7));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aFailureReadsLikeAReview() {
        EngineExecutionResults results = run(Faulty.class);

        assertThat(failure(results, "bbbb2222 no default: up, down and up again"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContainingAll(
                        "Revision bbbb2222 \"no default\" can't be taken back.",
                        "column public.users.age: default\n    before: 0\n    after:  (none)",
                        "index public.users_age_idx is missing, and was there before",
                        "Likely cause:",
                        "The downgrade re-creates column public.users.age without its default 0.",
                        "20261102_0900_bbbb2222_no_default.sql");
        assertThat(failure(results, "aaaa1111 users: up, down and up again"))
                .hasMessageContaining("The downgrade leaves table public.audit behind, which the upgrade creates.");
        assertThat(failure(results, "down to base leaves no trace"))
                .hasMessageContaining("table public.audit is there, and was not before");
        assertThat(failure(results, "all up, all down, all up again"))
                .hasMessageContaining("The second upgrade from base, after the downgrade, fails.")
                .hasMessageContaining("audit");
        results.testEvents().assertStatistics(events -> events.failed(4).succeeded(3));
    }

    @Test
    void severalHeadsAreOneFailureAndTheRestIsTested() {
        EngineExecutionResults results = run(Branches.class);

        assertThat(failure(results, "there is a single head")).hasMessageContainingAll("bbbb2222", "cccc3333");
        assertThat(names(results))
                .contains(
                        "cccc3333 old pets: up (irreversible: the users are gone)",
                        "down to the irreversible cccc3333 leaves no trace");
        results.testEvents().assertStatistics(events -> events.failed(1).succeeded(7));
    }

    @Test
    void aRevisionWithoutAWayBackFailsTheTestOfThat() {
        EngineExecutionResults results = run(NoWayBack.class);

        assertThat(names(results)).containsExactly("every revision has a downgrade or says why not");
        assertThat(failure(results, "every revision has a downgrade or says why not"))
                .hasMessageContaining("the revision has no way back");
    }

    @Test
    void bringsItsOwnRowsAndLooksAtThem() {
        OwnRows.CALLS.clear();

        run(OwnRows.class).testEvents().assertStatistics(events -> events.succeeded(7));

        assertThat(OwnRows.CALLS).containsExactly("before 0", "up 1", "down 1", "up 1");
    }

    @Test
    void aFailingCheckOfTheTestFailsItsRevisionAlone() {
        EngineExecutionResults results = run(FailingCheck.class);

        Throwable failure = failure(results, "bbbb2222 age of users: up, down and up again");
        assertThat(failure).hasMessageContaining("The test's own check after the upgrade fails: [users]");
        assertThat(failure.getCause()).isInstanceOf(AssertionError.class).hasStackTraceContaining("wrong");
        results.testEvents().assertStatistics(events -> events.failed(1).succeeded(6));
    }

    @Test
    void oneTestAloneCanBeRun() {
        EngineExecutionResults results = EngineTestKit.engine("belay")
                .selectors(
                        selectUniqueId("[engine:belay]/[class:" + Sound.class.getName() + "]/[test:revision-bbbb2222]"))
                .execute();

        assertThat(names(results)).containsExactly("bbbb2222 age of users: up, down and up again");
        results.testEvents().assertStatistics(events -> events.succeeded(1));
    }

    static EngineExecutionResults run(Class<?> type) {
        return EngineTestKit.engine("belay").selectors(selectClass(type)).execute();
    }

    private static List<String> names(EngineExecutionResults results) {
        return results.testEvents()
                .started()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    static Throwable failure(EngineExecutionResults results, String name) {
        return results.testEvents().failed().stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals(name))
                .map(Event::getPayload)
                .flatMap(Optional::stream)
                .map(TestExecutionResult.class::cast)
                .map(result -> result.getThrowable().orElseThrow())
                .findFirst()
                .orElseThrow(() -> new AssertionError("\"" + name + "\" did not fail"));
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM users")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static List<String> leftovers() throws SQLException {
        PostgresServer server = PostgresServers.shared();
        List<String> names = new ArrayList<>();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT datname FROM pg_database WHERE datname LIKE 'belay\\_revisions\\_%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
