package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project of Sqitch, a database, and both tools on them. */
record SqitchProject(Path directory, String name) {
    static final PostgresServer SERVER = PostgresServers.shared();

    /** What the registry holds, but for times and the order in which they were written. */
    static final Map<String, String> ROWS = Map.of(
            "releases",
            "SELECT version, installer_name, installer_email FROM sqitch.releases ORDER BY version",
            "projects",
            "SELECT project, uri, creator_name, creator_email FROM sqitch.projects ORDER BY project",
            "changes",
            "SELECT change_id, script_hash, change, project, note, committer_name, committer_email, planned_at,"
                    + " planner_name, planner_email FROM sqitch.changes ORDER BY committed_at",
            "tags",
            "SELECT tag_id, tag, project, change_id, note, committer_name, committer_email, planned_at,"
                    + " planner_name, planner_email FROM sqitch.tags ORDER BY committed_at, tag",
            "dependencies",
            "SELECT * FROM sqitch.dependencies ORDER BY change_id, dependency",
            "events",
            "SELECT event, change_id, change, project, note, requires, conflicts, tags, committer_name,"
                    + " committer_email, planned_at, planner_name, planner_email FROM sqitch.events"
                    + " ORDER BY committed_at");

    static boolean isInstalled() {
        try {
            return run(new ProcessBuilder("sqitch", "--version")).contains("sqitch");
        } catch (IOException e) {
            return false;
        }
    }

    /** Begins the plan; each further line is added by {@link #change}. */
    SqitchProject begin(String pragmas) throws IOException {
        Files.writeString(directory.resolve("sqitch.conf"), """
                [core]
                	engine = pg
                [user]
                	name = "Ana \\"Ä\\" Müller" ; who deploys
                	email = ana@example.com
                [core "variables"]
                	Owner = it's
                	table_name = the table
                """);
        Files.writeString(
                directory.resolve("sqitch.plan"), "%syntax-version=1.0.0\n%project=clinic\n" + pragmas + "\n");
        return this;
    }

    /** The same project with another database. */
    SqitchProject with(String other) {
        return new SqitchProject(directory, other);
    }

    /** A line of the plan, and its planner. */
    SqitchProject line(String what, String note) throws IOException {
        return raw(what + " 2026-01-31T12:00:00Z Jörg Plan <jp@example.com>" + (note.isEmpty() ? "" : " # " + note)
                + "\n");
    }

    SqitchProject raw(String line) throws IOException {
        Files.writeString(directory.resolve("sqitch.plan"), line, StandardOpenOption.APPEND);
        return this;
    }

    /** A change, in a transaction, with its scripts. */
    SqitchProject change(String name, String dependencies, String up, String down) throws IOException {
        line(name + (dependencies.isEmpty() ? "" : " [" + dependencies + "]"), "adds " + name);
        file("deploy/" + name + ".sql", "-- Deploy " + name + "\n\nBEGIN;\n\n" + up + "\n\nCOMMIT;\n");
        return file("revert/" + name + ".sql", "-- Revert " + name + "\n\nBEGIN;\n" + down + "\nCOMMIT;\n");
    }

    SqitchProject file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    PostgresDatabase database() {
        return PostgresDatabase.at(SERVER.libpqUrl(name));
    }

    MigrationPlan belay() {
        return MigrationPlan.builder()
                .database(database())
                .revisions(Layouts.in(directory, Layouts.SQITCH))
                .environment(Environment.DEVELOPMENT)
                .build();
    }

    /** Its output; fails when it fails. */
    String sqitch(String... arguments) throws IOException {
        return run(command(arguments));
    }

    ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("sqitch"));
        command.addAll(List.of(arguments));
        command.add("db:pg://" + SERVER.user() + "@" + SERVER.host() + ":" + SERVER.port() + "/" + name);
        ProcessBuilder sqitch = new ProcessBuilder(command).directory(directory.toFile());
        sqitch.environment().put("SQITCH_PASSWORD", SERVER.password());
        sqitch.environment().put("LC_ALL", "C.UTF-8");
        return sqitch;
    }

    static String run(ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(output).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return output;
    }

    /** All tables of the registry. */
    String registry() throws SQLException {
        StringBuilder all = new StringBuilder();
        for (String table : List.of("releases", "projects", "changes", "tags", "dependencies", "events")) {
            all.append(table).append('\n');
            rows(ROWS.getOrDefault(table, ""))
                    .forEach(row -> all.append("  ").append(row).append('\n'));
        }
        return all.toString();
    }

    List<String> rows(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }
}
