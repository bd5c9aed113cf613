package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.belay.testkit.server.PostgresServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to say which database, and as whom. */
class ConnectionsIT {
    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void writeARevision() {
        belay = new Belay(directory);
        belay.revision("aaaa0001", "", "SELECT 1;", "SELECT 1;");
    }

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    @Test
    void takesAJdbcUrlWithTheUserAndThePasswordOfTheEnvironment() {
        belay.with("PGUSER", server().user()).with("PGPASSWORD", server().password());

        belay.run("current", "--url", server().jdbcUrl(clinic.name())).exits(0);
    }

    @Test
    void takesTheUserOfTheOptionAndTheOtherPassword() {
        belay.with("POSTGRES_PASSWORD", server().password());

        belay.run("--url", server().jdbcUrl(clinic.name()), "--user", server().user(), "status")
                .exits(0);
    }

    @Test
    void takesThePasswordOfThePasswordFileThroughTheWholePipeline() throws Exception {
        Path file = Files.createFile(
                directory.resolve("pgpass"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "*:*:*:" + server().user() + ":" + server().password() + "\n");
        belay.with("PGPASSFILE", file.toString()).with("PGUSER", server().user());

        belay.run("upgrade", "--url", server().jdbcUrl(clinic.name())).exits(0);
    }

    @Test
    void connectsThroughAUnixSocketThroughTheWholePipeline() {
        Path socket = server().socketDirectory().orElse(Path.of("/nowhere"));
        assumeThat(socket).exists();
        belay.with("PGPASSWORD", server().password());

        belay.run(
                        "upgrade",
                        "--url",
                        "postgresql://" + server().user() + "@/" + clinic.name() + "?host=" + socket + "&port="
                                + server().port())
                .exits(0);
    }

    @Test
    void saysThatAServerIsNotThereAndNothingOfTheDatabase() throws Exception {
        try (Socket taken = new Socket()) {
            // Bound, so that nobody else listens there; but not listening.
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "postgresql://someone@127.0.0.1:" + taken.getLocalPort() + "/clinic";

            Belay.Result result = belay.run("upgrade", "--url", url).exits(1);

            assertThat(result.err())
                    .contains("can't be reached: nothing accepts connections there. Check host and port")
                    .containsOnlyOnce("Nothing was changed.")
                    .contains("Report: ")
                    .doesNotContain("at base");
            assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(5);
            try (Stream<Path> reports = Files.list(directory.resolve("reports"))) {
                for (Path report : reports.filter(file -> !file.toString().endsWith(".json"))
                        .toList()) {
                    assertThat(Files.readString(report)).doesNotContain(" base\n", ">base<");
                }
            }
        }
    }

    @Test
    void isNotBotheredByAReaderThatGoesAway() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append("INSERT INTO patients VALUES (").append(1000 + i).append(", 'x', NULL);\n");
        }
        belay.revision("aaaa0002", "aaaa0001", rows.toString(), "SELECT 1;");
        ProcessBuilder shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        "set -o pipefail; \"$0\" -jar \"$1\" upgrade --dry-run | head -n 1",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Belay.JAR.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().put("DATABASE_URL", clinic.url());

        Process process = shell.start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).hasSize(1);
    }

    private PostgresServer server() {
        return clinic.server();
    }
}
