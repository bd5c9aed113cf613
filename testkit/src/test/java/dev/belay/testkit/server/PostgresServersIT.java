package dev.belay.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServersIT {

    @Test
    void startsAServerWithTheSettingsAskedForAndLeavesNothingBehind() throws SQLException {
        Path directory;
        try (PostgresServer server =
                PostgresServers.search().setting("work_mem", "5MB").find()) {
            directory = server.socketDirectory().orElseThrow();
            assertThat(server.superuser()).isTrue();
            assertThat(server.libpqUrl("a b")).endsWith("@127.0.0.1:" + server.port() + "/a%20b");
            assertThat(one(server, "postgres", "SHOW work_mem")).isEqualTo("5MB");
            assertThat(one(server, "postgres", "SHOW fsync")).isEqualTo("off");
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        try (PostgresServer server = PostgresServers.search().durable().find()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(server.toString()).doesNotContain(server.password());
        }
    }

    @Test
    void comesBackAfterACrash() throws SQLException {
        try (PostgresServer server = PostgresServers.search().durable().find()) {
            server.createDatabase("kept");
            server.crash();
            assertThatThrownBy(() -> server.connect("kept")).isInstanceOf(SQLException.class);
            server.restart();
            assertThat(one(server, "kept", "SELECT current_database()")).isEqualTo("kept");
        }
    }

    @Test
    void sharesOneServerAndCreatesAndDropsDatabasesInIt() throws SQLException {
        PostgresServer server = PostgresServers.shared();
        assertThat(PostgresServers.shared()).isSameAs(server);
        String name = server.createUniqueDatabase("It's");
        assertThatThrownBy(() -> server.createDatabase(name))
                .isInstanceOf(PostgresServerException.class)
                .hasMessageContaining("already exists");
        try (Connection left = server.connect(name)) {
            assertThat(left.isValid(1)).isTrue();
            server.dropDatabase(name);
        }
        assertThatThrownBy(() -> server.connect(name)).isInstanceOf(SQLException.class);
    }

    @Test
    void saysWhyProgramsThatAreNotThereGiveNoServer() {
        assertThatThrownBy(() ->
                        PostgresServers.search().programs(Path.of("/nowhere")).find())
                .isInstanceOf(PostgresServerException.class)
                .hasMessageContaining("no initdb and postgres in /nowhere")
                .hasMessageContaining("BELAY_TEST_URL");
    }

    @Test
    void endsWithAJvmThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path directory = Path.of(jvm.inputReader().readLine());
        assertThat(directory.resolve("data/postmaster.pid")).exists();
        jvm.destroyForcibly().waitFor();
        for (int i = 0; i < 200 && Files.exists(directory); i++) {
            Thread.sleep(50);
        }
        assertThat(directory).doesNotExist();
    }

    private static String one(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Holds a server until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            PostgresServer server = PostgresServers.search().durable().find();
            System.out.println(server.socketDirectory().orElseThrow());
            Thread.sleep(60_000);
        }
    }
}
