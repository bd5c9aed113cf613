package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.database.SchemaDifference;
import dev.belay.postgres.schema.SchemaChange.Group;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * For each change in the files of {@code schema-changes}: the snapshots differ exactly in what the file says, and they differ
 * exactly when pg_dump shows a difference, but for those that say otherwise.
 */
class SchemaChangesIT {
    private static final Path FILES = Path.of("src/test/resources/schema-changes");
    /** The server, pg_dump and this JVM share the processors; more at once is not quicker on two. */
    private static final int AT_ONCE = 3;

    private static SchemaBench bench;
    private static ExecutorService workers;

    @BeforeAll
    static void prepare() throws SQLException {
        bench = new SchemaBench(PostgresServers.shared());
        workers = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void clear() throws SQLException, InterruptedException {
        workers.shutdown();
        assertThat(workers.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
        bench.close();
    }

    @TestFactory
    List<DynamicNode> changes() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            List<DynamicNode> nodes = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                nodes.add(tests(Group.read(file, bench.server().majorVersion())));
            }
            return nodes;
        }
    }

    private static DynamicNode tests(Group group) {
        if (group.minimumVersion() > bench.server().majorVersion()) {
            return DynamicTest.dynamicTest(
                    group.name(), () -> assumeTrue(false, "needs PostgreSQL " + group.minimumVersion() + " or newer"));
        }
        Future<Before> before = workers.submit(() -> Before.of(group));
        // queued behind what they wait for, so that a worker that waits never keeps it from running
        List<DynamicTest> tests = group.changes().stream()
                .map(change -> {
                    Future<Outcome> outcome = workers.submit(() -> Outcome.of(get(before), change));
                    return DynamicTest.dynamicTest(change.describe(), () -> check(change, get(outcome)));
                })
                .toList();
        DynamicTest last = DynamicTest.dynamicTest(
                "clean up", () -> bench.server().dropDatabase(get(before).template()));
        return DynamicContainer.dynamicContainer(group.name(), Stream.concat(tests.stream(), Stream.of(last)));
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void check(SchemaChange change, Outcome outcome) {
        assertThat(outcome.differences()).as("differences").isEqualTo(change.expected());
        if (!outcome.isSame()) {
            assertThat(outcome.contentsAreSame())
                    .as("the contents look the same")
                    .isFalse();
            assertThat(outcome.unwritten()).as("nothing seems to be written").isFalse();
        }
        outcome.dumpDiffers()
                .ifPresent(differs -> assertThat(differs)
                        .as("whether pg_dump shows a difference")
                        .isEqualTo(change.expected().isEmpty() == change.unlikePgDump()));
    }

    private record Before(String template, SchemaSnapshot snapshot, SchemaFingerprint contents, Optional<String> dump) {
        static Before of(Group group) throws SQLException {
            String template = bench.server().createUniqueDatabase("schema_before");
            bench.execute(template, group.base());
            try (Connection connection = bench.server().connect(template)) {
                return new Before(
                        template,
                        SchemaSnapshot.of(connection),
                        SchemaFingerprint.ofContents(connection),
                        bench.dump(template));
            }
        }
    }

    private record Outcome(
            Set<String> differences,
            boolean isSame,
            boolean contentsAreSame,
            boolean unwritten,
            Optional<Boolean> dumpDiffers) {
        static Outcome of(Before before, SchemaChange change) throws SQLException {
            String database = bench.copy(before.template());
            try {
                SchemaSnapshot after;
                boolean contentsAreSame;
                boolean unwritten;
                try (Connection connection = bench.server().connect(database)) {
                    SchemaFingerprint writes = SchemaFingerprint.ofWrites(connection);
                    SchemaBench.execute(connection, change.sql());
                    after = SchemaSnapshot.of(connection);
                    contentsAreSame = before.contents().equals(SchemaFingerprint.ofContents(connection));
                    unwritten = writes.equals(SchemaFingerprint.ofWrites(connection));
                }
                Set<String> differences = before.snapshot().differencesTo(after).stream()
                        .map(Outcome::line)
                        .collect(Collectors.toCollection(TreeSet::new));
                return new Outcome(
                        differences,
                        before.snapshot().equals(after),
                        contentsAreSame,
                        unwritten,
                        bench.dump(database).map(dump -> !before.dump().equals(Optional.of(dump))));
            } finally {
                bench.server().dropDatabase(database);
            }
        }

        private static String line(SchemaDifference difference) {
            String what = difference.attribute().orElse(difference.change().label());
            return difference.kind() + " " + difference.object() + " | " + what;
        }
    }
}
