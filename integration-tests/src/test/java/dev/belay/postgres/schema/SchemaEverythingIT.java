package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.postgres.sql.StatementReader;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServerException;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database with nearly every kind of object gives the same bytes however it came to be. */
class SchemaEverythingIT {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String RELATIONS = "schema-everything.sql";

    private static SchemaBench bench;
    private static Optional<SchemaBench> other;
    private static String everything;
    private static SchemaSnapshot snapshot;

    @BeforeAll
    static void create() throws SQLException, IOException {
        bench = new SchemaBench(PostgresServers.shared());
        other = secondServer();
        everything = bench.server().createUniqueDatabase("everything");
        createEverything(bench, everything);
        snapshot = bench.snapshot(everything);
    }

    @AfterAll
    static void drop() throws SQLException {
        bench.server().dropDatabase(everything);
        bench.close();
        other.map(SchemaBench::server).ifPresent(PostgresServer::close);
    }

    /** Another one from the programs that the first one runs from; a server elsewhere has no second. */
    private static Optional<SchemaBench> secondServer() throws SQLException {
        String query = "SELECT setting FROM pg_config WHERE name = 'BINDIR'";
        try (Connection connection = bench.server().connect("postgres");
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            Path programs = Path.of(row.getString(1));
            if (!Files.isExecutable(programs.resolve("initdb"))) {
                return Optional.empty();
            }
            return Optional.of(
                    new SchemaBench(PostgresServers.search().programs(programs).find()));
        } catch (PostgresServerException e) {
            return Optional.empty();
        }
    }

    private static void createEverything(SchemaBench on, String database) throws SQLException, IOException {
        try (Stream<Path> files = Files.list(RESOURCES);
                Connection connection = on.server().connect(database)) {
            List<Path> parts = files.filter(
                            file -> file.getFileName().toString().matches("schema-everything.*\\.sql"))
                    .sorted(Comparator.comparing(
                            file -> file.getFileName().toString().replace(".sql", "")))
                    .toList();
            assertThat(parts).contains(RESOURCES.resolve(RELATIONS));
            for (Path part : parts) {
                if (on.server().majorVersion() >= SchemaChange.minimumVersion(part)) {
                    SchemaBench.execute(connection, Files.readString(part));
                }
            }
        }
    }

    /** The driver has the server keep the plans of what is asked often, and then gets some values in binary form. */
    @Test
    void isTheSameWhenOneConnectionReadsItOften() throws SQLException {
        try (Connection connection = bench.server().connect(everything)) {
            for (int i = 0; i < 7; i++) {
                assertSame(SchemaSnapshot.of(connection));
            }
        }
    }

    @Test
    void isTheSameAfterADumpAndARestore(@TempDir Path directory) throws SQLException {
        String restored = bench.server().createUniqueDatabase("everything_restored");
        try {
            assumeTrue(bench.carry(everything, bench, restored, directory), "no pg_dump for this server");
            assertSame(bench.snapshot(restored));
        } finally {
            bench.server().dropDatabase(restored);
        }
    }

    @Test
    void isTheSameWhenRestoredOnAnotherServer(@TempDir Path directory) throws SQLException {
        SchemaBench there = other();
        String restored = there.server().createUniqueDatabase("everything_moved");
        try {
            assumeTrue(bench.carry(everything, there, restored, directory), "no pg_dump for this server");
            assertSame(there.snapshot(restored));
        } finally {
            there.server().dropDatabase(restored);
        }
    }

    @Test
    void isTheSameWhenCreatedOnAnotherServer() throws SQLException, IOException {
        SchemaBench there = other();
        String created = there.server().createUniqueDatabase("everything_again");
        try {
            createEverything(there, created);
            assertSame(there.snapshot(created));
        } finally {
            there.server().dropDatabase(created);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isTheSameInAnotherOrderOfCreation(long seed) throws SQLException, IOException {
        List<String> script = statements(Files.readString(RESOURCES.resolve(RELATIONS)));
        List<String> shuffled = new ArrayList<>(script);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(created(shuffled)).isEqualTo(created(script));
    }

    private static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        try (StatementReader reader = StatementReader.of(script, RELATIONS)) {
            reader.forEachRemaining(statement -> statements.add(statement.text()));
        }
        return statements;
    }

    /** What needs something that isn't there yet fails, and is tried again when the others have been. */
    private static String created(List<String> statements) throws SQLException {
        String database = bench.server().createUniqueDatabase("everything_order");
        try (Connection connection = bench.server().connect(database);
                Statement statement = connection.createStatement()) {
            List<String> left = statements;
            while (!left.isEmpty()) {
                List<String> failed = new ArrayList<>();
                List<String> why = new ArrayList<>();
                for (String sql : left) {
                    try {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        failed.add(sql);
                        why.add(e.getMessage() + " in: " + sql);
                    }
                }
                assertThat(why).as("statements that can't be executed").hasSizeLessThan(left.size());
                left = failed;
            }
            return SchemaSnapshot.of(connection).toJson();
        } finally {
            bench.server().dropDatabase(database);
        }
    }

    @Test
    void namesObjectsAsTheServerIdentifiesThem() throws SQLException {
        Set<String> identities = new TreeSet<>();
        try (Connection connection = bench.server().connect(everything);
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            for (String query : Identities.QUERIES) {
                try (var rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        identities.add(Identities.kind(rows.getString(1)) + " " + rows.getString(2));
                    }
                }
            }
        }
        Set<String> names = snapshot.objects().stream()
                .filter(object -> object.kind() != ObjectKind.PRIVILEGES)
                .map(object -> Identities.kind(object.kind()) + " " + object.name())
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(identities);
        assertThat(names)
                .as("objects that the server doesn't know by that name")
                .isEmpty();
    }

    private static SchemaBench other() {
        assumeTrue(other.isPresent(), "no programs to start a second server of this version from");
        return other.orElseThrow();
    }

    private static void assertSame(SchemaSnapshot found) {
        assertThat(snapshot.differencesTo(found)).isEmpty();
        assertThat(found.toJson()).isEqualTo(snapshot.toJson());
    }
}
