package dev.belay.postgres.history;

import dev.belay.engine.EngineState;
import dev.belay.engine.FailureMark;
import dev.belay.layout.FlywayProperties;
import dev.belay.layout.LineChecksum;
import dev.belay.postgres.revision.DatabaseFacts;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.postgres.revision.HistorySummary;
import dev.belay.postgres.revision.Micros;
import dev.belay.postgres.revision.Recorded;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.revision.SummedHistory;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Change;
import dev.belay.revision.DatabaseScript;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Flyway's table (JdbcTableSchemaHistory, PostgreSQLDatabase): a row for each time that a migration was applied. What is taken back
 * gets a row of type DELETE, as Flyway's {@code repair} writes it and all editions read it; where there are rows of type UNDO_SQL
 * already, which only the commercial editions read and write, one of those.
 */
final class FlywayHistory extends ToolHistory implements SummedHistory {
    /** PostgreSQLAdvisoryLockTemplate: the letters of Flyway. */
    private static final long LOCK = 0x466C79776179L;

    private final String name;
    private final String schema;
    private final boolean outOfOrder;
    private final FlywaySql sql;

    /** With what the source says about the table. */
    FlywayHistory(Map<String, String> settings) {
        super(qualified(settings));
        this.name = name(settings);
        this.schema = settings.getOrDefault(FlywayProperties.DEFAULT_SCHEMA, "");
        this.outOfOrder = Boolean.parseBoolean(settings.getOrDefault(FlywayProperties.OUT_OF_ORDER, "false"));
        String by = settings.getOrDefault(FlywayProperties.INSTALLED_BY, "");
        this.sql = new FlywaySql(table(), name, schemas(settings), by.isEmpty() ? "current_user" : SqlLiteral.text(by));
    }

    private static List<String> schemas(Map<String, String> settings) {
        if (!Boolean.parseBoolean(settings.getOrDefault("createSchemas", "true"))) {
            return List.of();
        }
        Stream<String> listed =
                Stream.of(settings.getOrDefault(FlywayProperties.SCHEMAS, "").split(","));
        return Stream.concat(Stream.of(settings.getOrDefault(FlywayProperties.DEFAULT_SCHEMA, "")), listed)
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    private static String name(Map<String, String> settings) {
        return settings.getOrDefault(FlywayProperties.TABLE, "flyway_schema_history");
    }

    private static String qualified(Map<String, String> settings) {
        String schema = settings.getOrDefault(FlywayProperties.DEFAULT_SCHEMA, "");
        return (schema.isEmpty() ? "" : SqlLiteral.name(schema) + ".") + SqlLiteral.name(name(settings));
    }

    /** Flyway looks in the current schema alone, not in others on the search path. */
    @Override
    public String existsSql() {
        return schema.isEmpty()
                ? "pg_catalog.to_regclass(pg_catalog.quote_ident(current_schema()::text) || "
                        + SqlLiteral.text("." + table()) + ") is not null"
                : super.existsSql();
    }

    @Override
    public List<String> create() {
        return sql.create();
    }

    @Override
    public String searchPath(String session) {
        return schema.isEmpty() ? session : SqlLiteral.name(schema) + (session.isBlank() ? "" : ", " + session);
    }

    @Override
    public String rowsSql() {
        return "select version, description, type, script, checksum, " + Micros.of("installed_on") + ", success from "
                + table() + " order by installed_rank";
    }

    @Override
    public Recorded recorded(Connection connection, Supplier<RevisionGraph> files) throws SQLException {
        return SummedHistory.super.recorded(connection, files);
    }

    @Override
    public Recorded recorded(ResultSet table, Connection connection, Supplier<RevisionGraph> files)
            throws SQLException {
        List<FlywayRows.Row> rows = read(table);
        RevisionGraph graph = files.get();
        boolean ask = graph.inOrder().stream().anyMatch(FlywayHistory::dependsOnDatabase);
        Map<String, String> facts = ask ? DatabaseFacts.of(connection) : Map.of();
        FlywayRows found = new FlywayRows(graph, rows);
        List<AppliedRevision> applied = found.applied(revision -> checksums(revision, facts));
        List<String> ids = applied.stream().map(AppliedRevision::id).toList();
        return new Recorded(
                applied,
                found.failed()
                        .map(failed -> new FailureMark(
                                "Flyway",
                                failed.id(),
                                List.of(ids, and(ids, failed.id())),
                                isSame(graph, failed.id(), failed.checksum()),
                                "flyway repair, which removes its row")));
    }

    private static List<FlywayRows.Row> read(ResultSet row) throws SQLException {
        List<FlywayRows.Row> rows = new ArrayList<>();
        while (row.next()) {
            rows.add(new FlywayRows.Row(
                    Objects.requireNonNullElse(row.getString(1), ""),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    Objects.requireNonNullElse(row.getString(5), ""),
                    Micros.instant(row, 6),
                    row.getBoolean(7)));
        }
        return rows;
    }

    private static boolean dependsOnDatabase(Revision revision) {
        return !revision.properties().containsKey(FlywayProperties.VERSION)
                && revision.upgrade() instanceof Change.Sql sql
                && sql.script() instanceof DatabaseScript;
    }

    /** Before and after placeholders are replaced: Flyway takes both of a repeatable one. */
    private static Set<String> checksums(Revision revision, Map<String, String> facts) {
        Set<String> checksums = new HashSet<>();
        checksums.add(property(revision, FlywayProperties.CHECKSUM));
        checksums.add(property(revision, FlywayProperties.RAW_CHECKSUM));
        if (revision.upgrade() instanceof Change.Sql sql && sql.script() instanceof DatabaseScript script) {
            try (Reader reader = script.in(facts).open()) {
                checksums.add(String.valueOf(LineChecksum.of(reader)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return checksums;
    }

    private static String property(Revision revision, String key) {
        return revision.properties().getOrDefault(key, "");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return state(connection, () -> graph).applied().stream()
                .map(applied -> new Row(applied.id(), applied.appliedAt()))
                .toList();
    }

    /** Of a table with versions alone, each applied once; the order of the ranks is to be that of the files. */
    @Override
    public String summarySql() {
        return "select case when pg_catalog.bool_and(success and type = 'SQL' and version is not null) then "
                + HistorySummary.checksumSql("version || ' ' || checksum || ' ' || description", "installed_rank")
                + " end, coalesce((select version from " + table()
                + " order by installed_rank desc limit 1), '') from " + table();
    }

    @Override
    public String summary(Map<String, String> checksums) {
        List<String> lines = new ArrayList<>(checksums.size());
        checksums.forEach((version, checksum) -> {
            int description = checksum.indexOf(' ') + 1;
            lines.add(version + " " + checksum.substring(0, description)
                    + FlywaySql.shortened(checksum.substring(description)));
        });
        return HistorySummary.checksum(lines);
    }

    /** As Flyway's validate: another type, checksum or description. */
    @Override
    public boolean isChanged(AppliedRevision applied, Revision revision) {
        return !applied.stamped()
                && revision.properties().containsKey(FlywayProperties.VERSION)
                && (!applied.checksum()
                                .equals(property(revision, FlywayProperties.TYPE) + " "
                                        + property(revision, FlywayProperties.CHECKSUM))
                        || !applied.description().equals(FlywaySql.shortened(revision.description())));
    }

    /** As {@code flyway repair}, or as if the last answer of the server had reached Flyway. */
    @Override
    public List<String> settle(FailureMark mark, List<String> applied, RevisionGraph graph) {
        return List.of(sql.settle(graph.find(mark.revision()), applied.contains(mark.revision())));
    }

    @Override
    public void check(RevisionGraph graph, EngineState state) {
        if (!outOfOrder) {
            FlywayRows.outOfOrder(graph, state.ids()).ifPresent(both -> {
                throw new OutOfOrderException(both.get(0), both.get(1));
            });
        }
    }

    /** Flyway leaves repeatable ones as they are when it undoes. */
    @Override
    public List<AppliedRevision> undoable(RevisionGraph graph, List<AppliedRevision> applied) {
        Set<String> repeatable = graph.inOrder().stream()
                .filter(revision -> !revision.properties().containsKey(FlywayProperties.VERSION))
                .map(Revision::id)
                .collect(Collectors.toSet());
        return applied.stream().filter(each -> !repeatable.contains(each.id())).toList();
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return List.of(sql.insert(revision, entry.took()));
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.stream().map(id -> sql.forget(id, graph)).toList();
    }

    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        return sql.stamp(graph.find(entry.revision()), graph);
    }

    @Override
    public OptionalLong lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_schema()")) {
            row.next();
            String where = schema.isEmpty() ? String.valueOf(row.getString(1)) : schema;
            return OptionalLong.of(LOCK + (SqlLiteral.name(where) + "." + SqlLiteral.name(name)).hashCode());
        }
    }
}
