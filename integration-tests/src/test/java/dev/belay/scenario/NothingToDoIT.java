package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.Outcome;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import dev.belay.testkit.fault.FaultProxy;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start with nothing pending costs one connection and a handful of round trips, and takes no lock. */
class NothingToDoIT {
    private static PostgresServer server;

    @TempDir
    Path directory;

    private String name;

    @BeforeAll
    static void start() {
        server = PostgresServers.search()
                .setting("log_statement", "all")
                .setting("log_line_prefix", "%a|%d|")
                .find();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() {
        name = server.createUniqueDatabase("start");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void belaysOwnLayout(int revisions) throws IOException, SQLException {
        belays(revisions);
        upgrade(Revisions.in(directory));

        assertAStartIsCheap(Revisions.in(directory), 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void belaysOwnLayoutWithAnotherComment(int revisions) throws IOException, SQLException {
        belays(revisions);
        upgrade(Revisions.in(directory));
        Files.writeString(
                directory.resolve("20261121_0000_a0000000_table.sql"),
                "-- what is irreversible\n",
                StandardOpenOption.APPEND);

        assertAStartIsCheap(Revisions.in(directory), 3);
    }

    private void belays(int revisions) throws IOException {
        for (int i = 0; i < revisions; i++) {
            String parents = i == 0 ? "" : "-- belay:parents a%07d%n".formatted(i - 1);
            // without a transaction, so that the table of what is under way is there and is looked at, too
            Files.writeString(
                    directory.resolve("20261121_0000_a%07d_table.sql".formatted(i)),
                    "-- belay:revision a%07d%n%s-- belay:upgrade no-transaction%nCREATE TABLE t%d ();%n"
                                    .formatted(i, parents, i)
                            + "-- belay:downgrade%nDROP TABLE t%d;%n".formatted(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void flywaysLayout(int migrations) throws IOException, SQLException {
        for (int i = 0; i < migrations; i++) {
            Files.writeString(
                    directory.resolve("V%d__table.sql".formatted(i + 1)),
                    "CREATE TABLE t%d (); CREATE INDEX CONCURRENTLY ON t%d ((1));".formatted(i, i));
            Files.writeString(
                    directory.resolve("V%d__table.sql.conf".formatted(i + 1)), "executeInTransaction=false\n");
        }
        RevisionSource source = Layouts.in(directory, Layouts.FLYWAY);
        upgrade(source);

        // one more where the server is asked for the sum before the thread that reads the files has found that they
        // have none
        assertAStartIsCheap(source, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void flywaysLayoutWithoutSettings(int migrations) throws IOException, SQLException {
        flyways(migrations);
        RevisionSource source = Layouts.in(directory, Layouts.FLYWAY);
        upgrade(source);

        assertAStartIsCheap(source, 2);
    }

    @Test
    void flywaysLayoutAppliedInAnotherOrder() throws IOException, SQLException {
        flyways(40);
        RevisionSource source = Layouts.in(directory, Layouts.FLYWAY);
        upgrade(source);
        try (Connection connection = server.connect(name)) {
            Rows.of(connection, "UPDATE flyway_schema_history SET installed_rank = - installed_rank");
        }

        assertAStartIsCheap(source, 3);
    }

    private void flyways(int migrations) throws IOException {
        for (int i = 0; i < migrations; i++) {
            Files.writeString(
                    directory.resolve("V%d__table.sql".formatted(i + 1)), "CREATE TABLE t%d ();".formatted(i));
        }
    }

    private void upgrade(RevisionSource source) {
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password()))
                .revisions(source)
                .skipBackup("a test")
                .skipTestRun("a test")
                .build();
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
    }

    /** With no more round trips than this after the connecting. */
    private void assertAStartIsCheap(RevisionSource source, int roundTrips) throws IOException, SQLException {
        int before = statements().size();
        long connecting;
        try (FaultProxy proxy = FaultProxy.before(server)) {
            through(proxy, name).connect().close();
            connecting = proxy.roundTrips(); // TLS is asked for, the startup, and the password's two
        }
        try (FaultProxy proxy = FaultProxy.before(server)) {
            MigrationPlan again = MigrationPlan.builder()
                    .database(through(proxy, name))
                    .revisions(source)
                    .build();
            assertThat(again.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
            List<String> all = statements();
            List<String> second = all.subList(before, all.size());
            assertThat(proxy.connections()).as(String.join("\n", second)).isEqualTo(1);
            assertThat(proxy.roundTrips()).as(String.join("\n", second)).isLessThanOrEqualTo(connecting + roundTrips);
            assertThat(second).isNotEmpty().noneMatch(line -> line.contains("advisory"));
            assertThat(proxy.acts()).isEmpty();
        }
    }

    private static PostgresDatabase through(FaultProxy proxy, String name) {
        return PostgresDatabase.at(
                "jdbc:postgresql://" + proxy.host() + ":" + proxy.port() + "/" + name,
                server.user(),
                server.password());
    }

    private static List<String> statements() throws IOException {
        return Files.readAllLines(server.logFile().orElseThrow()).stream()
                .filter(line -> line.startsWith("belay"))
                .filter(line -> line.contains("statement:") || line.contains("execute "))
                .toList();
    }
}
