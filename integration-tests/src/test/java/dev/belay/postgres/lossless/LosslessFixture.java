package dev.belay.postgres.lossless;

import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.engine.BelayEngine;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.Script;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own and revisions that are run in it without a pipeline. */
abstract class LosslessFixture {
    final PostgresServer server = PostgresServers.shared();
    final List<Revision> revisions = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    String name = "";
    PostgresDatabase database = PostgresDatabase.at(server.jdbcUrl("postgres"), server.user(), server.password());
    BelayEngine engine = BelayEngine.of(() -> List.copyOf(revisions), database);

    @BeforeEach
    void createDatabase() {
        name = server.createUniqueDatabase("lossless");
        database = database.named(name);
        engine = BelayEngine.of(() -> List.copyOf(revisions), database);
    }

    @AfterEach
    void dropDatabase() {
        server.dropDatabase(name);
    }

    void given(String up, String down) {
        given(up, down, true);
    }

    void given(String up, String down, boolean transactional) {
        String id = "r" + revisions.size() + "xxx";
        var revision = Revision.named(id, "does something");
        if (!revisions.isEmpty()) {
            revision.after(revisions.get(revisions.size() - 1).id());
        }
        revisions.add(revision.origin(id + ".sql")
                .upgrade(new Change.Sql(Script.ofText(id + ".sql", up), transactional))
                .downgrade(new Change.Sql(Script.ofText(id + ".sql", down), transactional)));
    }

    void up() throws SQLException {
        go(Direction.UP, "head", true);
    }

    void down() throws SQLException {
        go(Direction.DOWN, "-1", true);
    }

    void go(Direction direction, String target, boolean lossless) throws SQLException {
        LosslessContext context = new LosslessContext(database, lossless);
        engine.run(engine.route(direction, Target.of(target), engine.state(database)), context);
        notes.clear();
        notes.addAll(context.notes());
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The rows of a query, each with its columns separated by bars. */
    List<String> rows(String query) throws SQLException {
        try (Connection connection = database.connect()) {
            return Rows.of(connection, query);
        }
    }

    /** What is kept and can still be given back. */
    List<String> kept() throws SQLException {
        return rows("select revision, direction, table_name, kept_rows from belay.kept where not outdated order by id");
    }

    List<String> tablesOfBelay() throws SQLException {
        return rows("select relname from pg_class where relnamespace = 'belay'::regnamespace and relkind = 'r'"
                + " and relname ~ '_[0-9]+$' order by relname");
    }
}
