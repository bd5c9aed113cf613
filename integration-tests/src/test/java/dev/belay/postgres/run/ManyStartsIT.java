package dev.belay.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many processes start at once with pending revisions, one of them with a concurrent index: one applies them, the others
 * go on. {@code -Dbelay.starts=50 -Dbelay.rounds=20} makes it as many as wanted.
 */
class ManyStartsIT {
    private static final int STARTS = Integer.getInteger("belay.starts", 5);
    private static final int ROUNDS = Integer.getInteger("belay.rounds", 1);
    private static final long PATIENCE_MINUTES = 10;
    private static final Pattern PROCESS = Pattern.compile("process ([0-9]+)");

    private static PostgresServer server;

    @TempDir
    private Path directory;

    private record Started(Process process, Path out) {}

    @BeforeAll
    static void startServer() {
        server = PostgresServers.search()
                .durable()
                .setting("max_connections", Integer.toString(60 + 5 * STARTS))
                .find();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "session", "transaction"})
    void oneAppliesAndAllGoOn(String way) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            List<String> said = round(way, false);
            assertThat(said).as("round %d", round).filteredOn("applied"::equals).hasSize(1);
            assertThat(said).filteredOn("up-to-date"::equals).hasSize(STARTS - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "session", "transaction"})
    void anotherTakesOverFromAHolderThatIsKilled(String way) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            List<String> said = round(way, true);
            assertThat(said).as("round %d", round).filteredOn("applied"::equals).hasSize(1);
            assertThat(said).filteredOn("killed"::equals).hasSize(1);
            assertThat(said).filteredOn("up-to-date"::equals).hasSize(STARTS - 2);
        }
    }

    private List<String> round(String way, boolean kill) throws Exception {
        String name = server.createUniqueDatabase("starts");
        if (way.equals("direct")) {
            return round(name, server.jdbcUrl(name), way, kill);
        }
        try (PgBouncer pooler = PgBouncer.before(server, way)) {
            return round(name, pooler.url(name), way, kill);
        }
    }

    private List<String> round(String name, String url, String way, boolean kill) throws Exception {
        List<Started> all = new ArrayList<>();
        try {
            for (int i = 0; i < STARTS; i++) {
                all.add(start(url, i));
            }
            long killed = kill ? killTheHolder(name) : 0;
            List<String> said = new ArrayList<>();
            List<Long> late = new ArrayList<>();
            for (Started started : all) {
                said.add(outcome(started, killed, late));
            }
            assertThat(value(name, "SELECT string_agg(revision, ' ' ORDER BY seq) FROM belay.history"))
                    .isEqualTo("aaaa0000 bbbb0000 cccc0000");
            Collections.sort(late);
            System.out.printf(
                    "%d starts, %s%s: done %d to %d ms after the last revision%n",
                    STARTS, way, kill ? ", holder killed" : "", late.get(0), late.get(late.size() - 1));
            return said;
        } finally {
            all.forEach(started -> started.process().destroyForcibly());
            server.dropDatabase(name);
        }
    }

    private Started start(String url, int number) throws Exception {
        Path out = Files.createTempFile(directory, "start" + number, ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Instance.class.getName(),
                        url,
                        server.user(),
                        server.password())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        return new Started(process, out);
    }

    /** While the non-transactional revision is under way. */
    private static long killTheHolder(String name) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (System.nanoTime() < end) {
            String holder = value(
                    name,
                    "SELECT CASE WHEN to_regclass('belay.progress') IS NOT NULL AND to_regclass('belay.lease') IS NOT NULL"
                            + " THEN query_to_xml('SELECT holder FROM belay.lease, belay.progress', false, true, '')::text END");
            Matcher process = PROCESS.matcher(String.valueOf(holder));
            if (process.find()) {
                long pid = Long.parseLong(process.group(1));
                assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly())
                        .isTrue();
                return pid;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no holder was seen at work");
    }

    private static String outcome(Started started, long killed, List<Long> late) throws Exception {
        assertThat(started.process().waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .isTrue();
        String said = Files.readString(started.out());
        if (started.process().pid() == killed) {
            assertThat(started.process().exitValue()).isEqualTo(137);
            return "killed";
        }
        assertThat(started.process().exitValue()).as(said).isZero();
        String[] last =
                said.strip().substring(said.strip().lastIndexOf('\n') + 1).split(" ");
        late.add(Long.parseLong(last[1]));
        return last[0];
    }

    private static String value(String name, String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
