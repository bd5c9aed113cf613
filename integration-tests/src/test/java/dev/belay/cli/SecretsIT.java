package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No password, no value of a row and no literal of a statement is shown anywhere. */
class SecretsIT {
    private static final String IN_A_ROW = "marker-in-a-row-5f1c";
    private static final String IN_A_LITERAL = "marker-in-a-literal-93ab";

    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    @Test
    void aFailingRunShowsNoneOfThem() throws Exception {
        clinic.execute("CREATE TABLE held (id int)");
        clinic.execute("UPDATE patients SET name = '" + IN_A_ROW + "', email = '" + IN_A_ROW + "'");
        Belay belay = new Belay(directory).with("DATABASE_URL", clinic.url());
        belay.revision(
                "aaaa0001",
                "",
                "INSERT INTO patients VALUES (1000, '" + IN_A_LITERAL + "', '" + IN_A_LITERAL + "');\n"
                        + "SELECT pg_sleep(1);\n"
                        + "ALTER TABLE patients ADD CONSTRAINT one_name UNIQUE (name);",
                "DELETE FROM patients WHERE id = 1000;");

        Set<String> commands;
        Belay.Result result;
        try (Connection blocker = clinic.server().connect(clinic.name());
                Statement statement = blocker.createStatement()) {
            // pg_dump waits for this lock until it has been seen
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE held IN ACCESS EXCLUSIVE MODE");
            Belay.Running running = belay.start("upgrade", "-v", "-v", "--force", "to fail on production too");
            commands = commandsWhile(running, blocker);
            result = running.join().exits(1);
        }

        assertThat(commands).as("pg_dump was seen").anyMatch(command -> command.contains("pg_dump"));
        List<String> secrets = List.of(clinic.server().password(), IN_A_ROW, IN_A_LITERAL).stream()
                .filter(secret -> !secret.isEmpty())
                .toList();
        String audit = String.join("\n", clinic.query("SELECT a::text FROM belay.audit a"));
        for (String secret : secrets) {
            assertThat(String.join("\n", commands)).doesNotContain(secret);
            assertThat(result.out() + result.err()).doesNotContain(secret);
            assertThat(reports()).doesNotContain(secret);
            assertThat(audit).doesNotContain(secret);
        }
    }

    private static Set<String> commandsWhile(Belay.Running running, Connection blocker) throws Exception {
        Set<String> commands = new TreeSet<>();
        while (running.isRunning()) {
            ProcessHandle.of(running.pid())
                    .ifPresent(
                            program -> program.descendants().forEach(child -> commands.add(commandLine(child.pid()))));
            ProcessHandle.of(running.pid()).ifPresent(program -> commands.add(commandLine(program.pid())));
            if (commands.stream().anyMatch(command -> command.contains("pg_dump") && command.contains("--snapshot"))) {
                blocker.rollback();
            }
            Thread.sleep(5);
        }
        return commands;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "(gone)";
        }
    }

    private String reports() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory.resolve("reports"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
