package dev.belay.postgres.history;

import dev.belay.layout.Layout;
import dev.belay.layout.SqitchProperties;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements by which Sqitch writes its registry.
 *
 * @param schema quoted
 * @param name of who is written down
 * @param email of who is written down
 */
record SqitchSql(String schema, String name, String email) {
    /** registry_release in Engine.pm. */
    static final String VERSION = "1.1";

    private static final String CLOCK = "pg_catalog.clock_timestamp()";

    /** Sqitch's id in {@code name@id}. */
    static String id(String nameAndId) {
        return nameAndId.substring(nameAndId.lastIndexOf('@') + 1);
    }

    /** The registry, and its release. */
    List<String> create() {
        List<String> statements = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                        SqitchSql.class.getResourceAsStream("sqitch-registry.sql"), "sqitch-registry.sql");
                StatementReader reader = StatementReader.of(
                        new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(":\"registry\"", schema),
                        "sqitch-registry.sql")) {
            reader.forEachRemaining(statement -> statements.add(statement.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        statements.add(
                "insert into " + schema + ".releases (version, installed_at, installer_name, installer_email) values ("
                        + VERSION + ", " + CLOCK + ", " + committer() + ") on conflict do nothing");
        return statements;
    }

    private String committer() {
        return literals(name, email);
    }

    private static String literals(String... values) {
        return Arrays.stream(values).map(SqlLiteral::text).collect(Collectors.joining(", "));
    }

    private static String property(Revision revision, String key) {
        return revision.properties().getOrDefault(key, "");
    }

    private static List<String> lines(Revision revision, String key) {
        return property(revision, key).lines().toList();
    }

    private static int tags(Revision revision) {
        return Integer.parseInt(revision.properties().getOrDefault(SqitchProperties.TAGS, "0"));
    }

    /** register_project. */
    String project(Revision revision) {
        String uri = property(revision, SqitchProperties.URI);
        return "insert into " + schema + ".projects (project, uri, creator_name, creator_email, created_at) values ("
                + literals(property(revision, SqitchProperties.PROJECT)) + ", "
                + (uri.isEmpty() ? "null" : SqlLiteral.text(uri)) + ", " + committer() + ", " + CLOCK
                + ") on conflict (project) do nothing";
    }

    /** log_deploy_change. */
    List<String> deploy(Revision revision) {
        List<String> statements = new ArrayList<>(change(revision, ""));
        statements.add(event(revision, ""));
        return statements;
    }

    /** As {@code sqitch deploy --log-only}; of what is deployed only the hash is brought up to date. */
    List<String> stamp(Revision revision) {
        String same =
                " from " + schema + ".changes where change_id = " + literals(property(revision, SqitchProperties.ID));
        List<String> statements = new ArrayList<>();
        statements.add(project(revision));
        statements.add(
                "update " + schema + ".changes set script_hash = " + literals(property(revision, Layout.CHECKSUM))
                        + " where change_id = " + literals(property(revision, SqitchProperties.ID)));
        statements.add(event(revision, " where not exists (select" + same + ")"));
        statements.addAll(change(revision, " on conflict do nothing"));
        return statements;
    }

    private List<String> change(Revision revision, String conflict) {
        List<String> statements = new ArrayList<>();
        statements.add(
                "insert into " + schema + ".changes (change_id, script_hash, change, project, note, committer_name,"
                        + " committer_email, planned_at, planner_name, planner_email, committed_at) values ("
                        + literals(
                                property(revision, SqitchProperties.ID),
                                property(revision, Layout.CHECKSUM),
                                property(revision, SqitchProperties.NAME),
                                property(revision, SqitchProperties.PROJECT),
                                property(revision, SqitchProperties.NOTE))
                        + ", " + committer() + ", " + planned(revision, "") + ", " + CLOCK + ")" + conflict);
        dependencies(revision)
                .ifPresent(rows -> statements.add("insert into " + schema
                        + ".dependencies (change_id, type, dependency, dependency_id) values " + rows + conflict));
        if (tags(revision) > 0) {
            statements.add(insertTags(revision) + conflict);
        }
        return statements;
    }

    private static String planned(Revision revision, String prefix) {
        return literals(property(revision, prefix + SqitchProperties.PLANNED_AT)) + "::timestamptz, "
                + literals(
                        property(revision, prefix + SqitchProperties.PLANNER_NAME),
                        property(revision, prefix + SqitchProperties.PLANNER_EMAIL));
    }

    private static Optional<String> dependencies(Revision revision) {
        String change = literals(property(revision, SqitchProperties.ID));
        List<String> rows = Stream.concat(
                        lines(revision, SqitchProperties.REQUIRES).stream()
                                .map(required -> required.split(" "))
                                .map(required ->
                                        "(" + change + ", 'require', " + literals(required[0], required[1]) + ")"),
                        lines(revision, SqitchProperties.CONFLICTS).stream()
                                .map(name -> "(" + change + ", 'conflict', " + literals(name) + ", null)"))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rows));
    }

    private String insertTags(Revision revision) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < tags(revision); i++) {
            String prefix = SqitchProperties.tag(i, "");
            rows.add("("
                    + literals(
                            property(revision, prefix + SqitchProperties.ID),
                            "@" + property(revision, prefix + SqitchProperties.NAME),
                            property(revision, SqitchProperties.PROJECT),
                            property(revision, SqitchProperties.ID),
                            property(revision, prefix + SqitchProperties.NOTE))
                    + ", " + committer() + ", " + planned(revision, prefix) + ", " + CLOCK + ")");
        }
        return "insert into " + schema
                + ".tags (tag_id, tag, project, change_id, note, committer_name, committer_email,"
                + " planned_at, planner_name, planner_email, committed_at) values " + String.join(", ", rows);
    }

    /** log_new_tags: of a change that got them when it was deployed already. */
    List<String> newTags(Revision revision) {
        return tags(revision) == 0 ? List.of() : List.of(insertTags(revision) + " on conflict do nothing");
    }

    private String event(Revision revision, String condition) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < tags(revision); i++) {
            tags.add("@" + property(revision, SqitchProperties.tag(i, SqitchProperties.NAME)));
        }
        List<String> required = lines(revision, SqitchProperties.REQUIRES).stream()
                .map(each -> each.split(" ")[0])
                .toList();
        return events("'deploy', "
                + literals(
                        property(revision, SqitchProperties.ID),
                        property(revision, SqitchProperties.NAME),
                        property(revision, SqitchProperties.PROJECT),
                        property(revision, SqitchProperties.NOTE))
                + ", " + SqlLiteral.array(tags) + ", " + SqlLiteral.array(required) + ", "
                + SqlLiteral.array(lines(revision, SqitchProperties.CONFLICTS)) + ", " + committer() + ", "
                + planned(revision, "") + ", " + CLOCK + condition);
    }

    private String events(String select) {
        return "insert into " + schema + ".events (event, change_id, change, project, note, tags, requires, conflicts,"
                + " committer_name, committer_email, planned_at, planner_name, planner_email, committed_at) select "
                + select;
    }

    /** log_revert_change. */
    List<String> revert(String id) {
        String same = " where change_id = " + literals(id);
        String names = "array(select dependency from " + schema + ".dependencies" + same + " and type = ";
        return List.of(
                events("'revert', change_id, change, project, note, array(select tag from " + schema + ".tags" + same
                        + "), "
                        + names + "'require'), " + names + "'conflict'), " + committer()
                        + ", planned_at, planner_name, planner_email, " + CLOCK + " from " + schema + ".changes"
                        + same),
                "delete from " + schema + ".tags" + same,
                "delete from " + schema + ".changes" + same);
    }
}
