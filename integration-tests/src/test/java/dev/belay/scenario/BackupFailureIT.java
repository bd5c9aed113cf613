package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.MigrationPlan;
import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupStrategy;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.backup.PgDump;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.run.Step;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup that can't be had never lets the run go on. */
class BackupFailureIT {
    private final Scenario scenario = new Scenario();

    @BeforeEach
    void revision() {
        scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private MigrationReport refused(MigrationPlan plan) {
        String before = scenario.dump();
        MigrationReport report = scenario.failure(plan);
        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.REFUSED);
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
        return report;
    }

    @Test
    void refusesWhenTheDirectoryCannotBeWritten() throws IOException {
        Path file = Files.writeString(scenario.directory().resolve("a-file"), "");
        MigrationReport report = refused(scenario.planWithoutBackup()
                .backup(PgDump.into(file.resolve("backups")))
                .build());
        assertThat(report.error().orElseThrow()).contains(file.toString());
    }

    @Test
    void refusesWhenTheDiskIsFull() throws Exception {
        Path mount = Files.createDirectory(scenario.directory().resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount.toString()) == 0, "may mount");
        try {
            MigrationReport report = refused(scenario.planWithoutBackup()
                    .backup(PgDump.into(mount))
                    // over the finding of the preflight, so that the disk really runs full
                    .force("the test wants the disk to run full")
                    .build());
            assertThat(report.error().orElseThrow()).containsIgnoringCase("space");
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void refusesByPreflightWhenThereIsTooLittleSpace() throws Exception {
        Path mount = Files.createDirectory(scenario.directory().resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount.toString()) == 0, "may mount");
        try {
            MigrationReport report = refused(
                    scenario.planWithoutBackup().backup(PgDump.into(mount)).build());
            assertThat(report.steps().get(0).step()).isEqualTo("preflight");
            assertThat(report.error().orElseThrow()).contains(mount.toString());
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void refusesWhenPgDumpIsKilledMidway() {
        scenario.execute(
                "INSERT INTO members SELECT i, 'x', repeat(md5(i::text), 30) FROM generate_series(10000, 150000) i");
        MigrationReport report = refused(scenario.plan()
                .listener(Scenario.before(Step.BACKUP, BackupFailureIT::killPgDump))
                .build());
        assertThat(report.error().orElseThrow()).contains("pg_dump");
        assertThat(scenario.directory().resolve("backups")).isEmptyDirectory();
    }

    /** Kills the real child process as soon as it is there. */
    private static void killPgDump() {
        Thread killer = new Thread(
                () -> {
                    long end = System.nanoTime() + 30_000_000_000L;
                    while (System.nanoTime() < end && !killed()) {
                        Scenario.sleep(1);
                    }
                },
                "killer");
        killer.setDaemon(true);
        killer.start();
    }

    private static boolean killed() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("--snapshot"))
                .map(ProcessHandle::destroyForcibly)
                .reduce(false, Boolean::logicalOr);
    }

    @Test
    void refusesATruncatedDump() {
        MigrationReport report = refused(scenario.planWithoutBackup()
                .backup(new Damaged(scenario.backups(), file -> {
                    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                        data.setLength(data.length() / 2);
                    }
                }))
                .build());
        assertThat(report.error().orElseThrow()).containsIgnoringCase("backup");
    }

    @Test
    void refusesADumpWithAFlippedByte() {
        MigrationReport report = refused(scenario.planWithoutBackup()
                .backup(new Damaged(scenario.backups(), file -> {
                    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                        data.seek(data.length() / 2);
                        int old = data.read();
                        data.seek(data.length() / 2);
                        data.write(old ^ 1);
                    }
                }))
                .build());
        assertThat(report.error().orElseThrow()).containsIgnoringCase("sha-256");
    }

    @Test
    void refusesWhenTheServerGoesMidway() {
        try (PostgresServer own = PostgresServers.search().durable().find();
                Scenario there = new Scenario(own)) {
            there.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
            // after a crash a sequence goes on up to 32 values later: it is logged ahead
            // (src/backend/commands/sequence.c)
            String before = there.dumpWithout("visits_id_seq");
            MigrationReport report = there.failure(there.plan()
                    .listener(Scenario.before(Step.BACKUP, own::crash))
                    .build());
            assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.REFUSED);
            own.restart();
            assertThat(there.dumpWithout("visits_id_seq")).isEqualTo(before);
            there.assertNothingIsLeft();
        }
    }

    /** What damages the largest file of a backup. */
    @FunctionalInterface
    private interface Damage {
        void to(Path file) throws IOException;
    }

    /** Takes a real backup, then damages it as a disk would. */
    private record Damaged(PgDump original, Damage damage) implements BackupStrategy {
        @Override
        public Backup take(BackupContext context) {
            Backup backup = original.take(context);
            try (Stream<Path> files = Files.walk(backup.path().orElseThrow())) {
                Path largest = files.filter(Files::isRegularFile)
                        .max(Comparator.comparingLong(file -> file.toFile().length()))
                        .orElseThrow();
                damage.to(largest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return backup;
        }

        @Override
        public void restore(Backup backup, Database into, RunContext context) {
            original.restore(backup, into, context);
        }

        @Override
        public void check(Backup backup, RunContext context) {
            original.check(backup, context);
        }

        @Override
        public void recordProof(Backup backup) {
            original.recordProof(backup);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
