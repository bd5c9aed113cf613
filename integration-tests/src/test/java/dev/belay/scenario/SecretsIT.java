package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.run.RunEvent;
import dev.belay.run.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No password, no row's value, no literal of a statement in ps, logs, reports, exceptions and audit rows. */
class SecretsIT {
    private static final String ROW = "Marker3VonEinerZeile";
    private static final String LITERAL = "Marker4AusEinemLiteral";
    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;",
                "ALTER TABLE members ALTER note TYPE int USING note::int;",
                "CREATE UNIQUE INDEX twice ON members (note);",
                "ALTER TABLE members ADD CONSTRAINT short CHECK (length(note) < 5);",
                "SELECT '" + LITERAL + "'::int;",
                "SELECT '" + LITERAL + "' FRM members;",
                "DO $$ BEGIN RAISE EXCEPTION '" + LITERAL + " %', (SELECT note FROM members WHERE id = 5001); END $$;",
                "DO $$ BEGIN RAISE NOTICE '" + LITERAL + " %', (SELECT note FROM members WHERE id = 5001); END $$;"
            })
    void nothingIsGivenAway(String sql) throws Exception {
        scenario.execute("INSERT INTO members VALUES (5001, 'x', '" + ROW + "'), (5002, 'x', '" + ROW + "')");
        scenario.revision(
                "a0000001", "UPDATE members SET email = '" + LITERAL + "' WHERE id = 5001;\n" + sql, "SELECT 1;");
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        MigrationPlan plan = scenario.plan()
                .listener(event -> seen.add(event.toString()))
                .listener(event -> {
                    if (event instanceof RunEvent.Progress || event instanceof RunEvent.StepStarted) {
                        seen.add(processes());
                    }
                })
                .listener(Scenario.after(Step.PREFLIGHT, () -> seen.add(processes())))
                .build();
        PrintStream standardError = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            plan.upgrade();
        } catch (MigrationFailedException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            seen.add(trace.toString());
            seen.add(e.report().toText());
        } finally {
            System.setErr(standardError);
        }
        seen.add(log.toString(StandardCharsets.UTF_8));
        seen.add(plan.toString());
        seen.add(reports());
        seen.add(scenario.value("SELECT coalesce(string_agg(a::text, ' '), '') FROM belay.audit a"));
        String everything = String.join("\n", seen);
        assertThat(everything).contains("a0000001");
        assertThat(everything).doesNotContain(ROW, LITERAL);
        if (!scenario.server().password().isEmpty()) {
            assertThat(everything).doesNotContain(scenario.server().password());
        }
    }

    private static String processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.map(process -> process.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .map(SecretsIT::read)
                    .filter(line -> line.contains("pg_dump") || line.contains("pg_restore"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A process may end while it is looked at. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private String reports() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(scenario.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = file.toString();
                if (path.contains("/reports/") || path.endsWith(".json")) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }
}
