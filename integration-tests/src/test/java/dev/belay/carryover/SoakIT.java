package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers at full speed while upgrades, failures, restores and downgrades alternate, for {@code -Dbelay.soak.seconds}, half of it with
 * a replication slot and half with triggers: every row that was acknowledged is in the live database at the end.
 */
class SoakIT {
    private static final Duration TIME =
            Duration.ofSeconds(Long.getLong("belay.soak.seconds", 20)).dividedBy(2);
    private static final int WRITERS = 2;

    @TempDir
    Path directory;

    private PostgresServer server;
    private Clinic clinic;

    private void start(String walLevel) {
        server = PostgresServers.search().setting("wal_level", walLevel).find();
        clinic = new Clinic(server, directory.resolve("backups"));
        clinic.execute(
                "CREATE TABLE entries (id bigserial PRIMARY KEY, writer int NOT NULL, n bigint NOT NULL, UNIQUE (writer, n))",
                "CREATE TABLE latest (writer int PRIMARY KEY, n bigint NOT NULL)",
                "INSERT INTO latest SELECT i, 0 FROM generate_series(1, " + WRITERS + ") i");
    }

    @AfterEach
    void stop() {
        clinic.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logical", "replica"})
    void everyAcknowledgedRowIsInTheLiveDatabase(String walLevel) throws Exception {
        start(walLevel);
        List<Writer> writers = new ArrayList<>();
        for (int i = 1; i <= WRITERS; i++) {
            writers.add(new Writer(server, clinic.name(), i, directory.resolve("ledger" + i)));
        }
        writers.forEach(Thread::start);
        try {
            long end = System.nanoTime() + TIME.toNanos();
            do {
                round();
            } while (System.nanoTime() < end);
        } finally {
            for (Writer writer : writers) {
                writer.end();
            }
        }
        for (int i = 1; i <= WRITERS; i++) {
            assertComplete(i);
            assertThat(writers.get(i - 1).interruptions()).as("was thrown out").isPositive();
        }
        assertThat(clinic.rows("SELECT conname FROM pg_constraint WHERE NOT convalidated"))
                .isEmpty();
    }

    /** A change that holds, one that its transaction takes back, one that a restore takes back, and a downgrade. */
    private void round() {
        clinic.revision("ALTER TABLE entries ADD COLUMN more int DEFAULT 7", "ALTER TABLE entries DROP COLUMN more");
        assertThat(clinic.plan().build().upgrade().outcome()).isEqualTo(Outcome.APPLIED);

        clinic.revision("ALTER TABLE latest ADD COLUMN more int; SELECT 1 / 0", "SELECT 1");
        assertThat(failure(clinic.plan().build()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        clinic.forget();

        clinic.revision("UPDATE latest SET n = n; ALTER TABLE entries ADD COLUMN wrong text", "SELECT 1");
        MigrationReport report = clinic.restored(clinic.failing(List.of(), List.of("SELECT 1")));
        assertThat(report.rollback().orElseThrow().surplus())
                .as(report.notes().toString())
                .doesNotContainKey("public.entries");
        assertThat(report.notes()).noneMatch(note -> note.contains(" not (") || note.contains("could be carried"));
        server.dropDatabase(report.rollback().orElseThrow().keptDatabase().orElseThrow());
        clinic.forget();

        assertThat(clinic.plan().build().downgrade(Target.of("-1")).outcome()).isEqualTo(Outcome.APPLIED);
        clinic.forget();
    }

    private static MigrationReport failure(MigrationPlan plan) {
        MigrationFailedException failure = catchThrowableOfType(MigrationFailedException.class, plan::upgrade);
        assertThat(failure).as("the run fails").isNotNull();
        return failure.report();
    }

    private void assertComplete(int writer) throws IOException {
        List<Long> acknowledged = Files.readAllLines(directory.resolve("ledger" + writer)).stream()
                .map(Long::valueOf)
                .toList();
        Set<Long> there = clinic.rows("SELECT n FROM entries WHERE writer = " + writer).stream()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        Set<Long> missing = new HashSet<>(acknowledged);
        missing.removeAll(there);
        assertThat(acknowledged).as("what was acknowledged").isNotEmpty();
        assertThat(missing).as("acknowledged rows that are missing").isEmpty();
        assertThat(clinic.rows("SELECT count(*) FROM latest WHERE writer = " + writer + " AND n >= "
                        + acknowledged.get(acknowledged.size() - 1)))
                .as("the last acknowledged update")
                .containsExactly("1");
    }
}
