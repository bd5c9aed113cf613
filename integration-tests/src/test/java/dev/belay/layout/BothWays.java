package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.layout.ImportedRevisions;
import dev.belay.postgres.layout.RevisionImport;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.Outcome;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The revisions of a tool, through its own layout and imported, each in a database of its own. */
public final class BothWays implements AutoCloseable {
    private static final PostgresServer SERVER = PostgresServers.shared();

    private final RevisionSource source;
    private final Path out;
    private final ImportedRevisions imported;
    private final List<String> databases = new ArrayList<>();

    /** Imports. */
    public BothWays(RevisionSource source, Path out) {
        this.source = source;
        this.out = out;
        this.imported = RevisionImport.of(source).into(out);
    }

    public ImportedRevisions imported() {
        return imported;
    }

    private PostgresDatabase create() {
        String name = SERVER.createUniqueDatabase("import");
        databases.add(name);
        return PostgresDatabase.at(SERVER.libpqUrl(name));
    }

    private static MigrationPlan plan(PostgresDatabase database, RevisionSource revisions) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(revisions)
                .environment(Environment.DEVELOPMENT)
                .build();
    }

    private static void upgrade(PostgresDatabase database, RevisionSource revisions, Target target) {
        assertThat(plan(database, revisions).upgrade(target).outcome()).isEqualTo(Outcome.APPLIED);
    }

    /** Both from an empty database: the same schema and the same rows. */
    public BothWays areTheSameFromEmpty() throws SQLException {
        PostgresDatabase tools = create();
        PostgresDatabase own = create();
        upgrade(tools, source, Target.of("heads"));
        upgrade(own, Revisions.in(out), Target.of("heads"));
        requireSame(tools, own);
        return this;
    }

    /** The tool's layout goes some steps; then the import is stamped where it is, and goes on. */
    public BothWays goOnFrom(int steps) throws SQLException {
        PostgresDatabase whole = create();
        upgrade(whole, source, Target.of("heads"));
        PostgresDatabase adopted = create();
        upgrade(adopted, source, Target.of("+" + steps));
        List<String> at = plan(adopted, source).status().current();
        plan(adopted, Revisions.in(out))
                .stamp(
                        at.size() > 1
                                ? Target.of("heads")
                                : Target.revision(imported.idOf(at.get(0)).orElseThrow()));
        plan(adopted, Revisions.in(out)).upgrade(Target.of("heads"));
        requireSame(whole, adopted);
        return this;
    }

    /** Down to nothing. */
    public BothWays goDown() throws SQLException {
        PostgresDatabase database = create();
        upgrade(database, Revisions.in(out), Target.of("heads"));
        assertThat(plan(database, Revisions.in(out)).downgrade(Target.base()).outcome())
                .isEqualTo(Outcome.APPLIED);
        assertThat(tables(database)).isEmpty();
        return this;
    }

    public List<RevisionProof> prove() {
        return Prover.of(Revisions.in(out), create()).prove();
    }

    private void requireSame(PostgresDatabase tools, PostgresDatabase own) throws SQLException {
        Set<String> history = tools.engine(source).historyTables(tools);
        for (PostgresDatabase database : List.of(tools, own)) {
            for (String table : history) {
                // one that a migration makes is a part of the schema
                execute(
                        database,
                        source.layout().equals("mybatis")
                                ? "TRUNCATE " + table
                                : "DROP TABLE IF EXISTS " + table + " CASCADE");
            }
            execute(database, "DROP SCHEMA IF EXISTS belay, sqitch CASCADE");
        }
        assertThat(SchemaSnapshot.of(own).differencesTo(SchemaSnapshot.of(tools)))
                .isEmpty();
        assertThat(SchemaSnapshot.of(own).toJson())
                .isEqualTo(SchemaSnapshot.of(tools).toJson());
        assertThat(rows(own)).isEqualTo(rows(tools)).isNotEmpty();
    }

    private static void execute(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> tables(PostgresDatabase database) throws SQLException {
        return values(
                database,
                "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
                        + " AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'belay')");
    }

    private static Map<String, String> rows(PostgresDatabase database) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String table : tables(database)) {
            rows.put(
                    table,
                    values(
                                    database,
                                    "SELECT count(*) || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM "
                                            + table + " t")
                            .get(0));
        }
        return rows;
    }

    private static List<String> values(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return Rows.of(connection, sql);
        }
    }

    @Override
    public void close() {
        databases.forEach(SERVER::dropDatabase);
    }
}
