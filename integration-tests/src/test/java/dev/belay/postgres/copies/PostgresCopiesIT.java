package dev.belay.postgres.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database beside has of the original, and the swap of the two under load. */
class PostgresCopiesIT {
    private static final String RUN = "20261121_031500_9f3c";

    /** All that CREATE DATABASE, ALTER DATABASE, GRANT and ALTER ROLE IN DATABASE can set, and the comment apart. */
    private static final String FACTS = """
            SELECT concat_ws(' | ', pg_encoding_to_char(encoding), datcollate, datctype, pg_get_userbyid(datdba), datconnlimit,
              datallowconn, datistemplate, (SELECT spcname FROM pg_tablespace t WHERE t.oid = dattablespace),
              to_jsonb(d)->>'datlocprovider', to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale',
              (SELECT string_agg(concat(grantor, '>', grantee, privilege_type, is_grantable), ',' ORDER BY grantee, privilege_type)
               FROM aclexplode(datacl)),
              (SELECT string_agg(concat(setrole, setconfig), ',' ORDER BY setrole) FROM pg_db_role_setting s WHERE s.setdatabase = d.oid))
            FROM pg_database d WHERE datname = current_database()
            """;

    private static final String COMMENT =
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = current_database()";

    private static final String CLIENTS = "SELECT count(DISTINCT client) FROM public.written";

    private final PostgresServer server = PostgresServers.shared();
    private final String name = server.createUniqueDatabase("copies");
    private final String role = name + "_role";
    private final Database original = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    private final PostgresCopies copies = new PostgresCopies();
    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void furnish() throws SQLException {
        execute(name, "CREATE ROLE " + role);
        execute(name, "ALTER DATABASE " + name + " OWNER TO " + role);
        execute(name, "ALTER DATABASE " + name + " CONNECTION LIMIT 77");
        execute(name, "ALTER DATABASE " + name + " SET search_path = \"a, b\", public");
        execute(name, "ALTER DATABASE " + name + " SET work_mem = '7MB'");
        execute(name, "ALTER DATABASE " + name + " SET belay_test.word = 'it''s \\ here'");
        execute(name, "ALTER ROLE " + role + " IN DATABASE " + name + " SET statement_timeout = '5s'");
        execute(name, "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
        execute(name, "GRANT CREATE, TEMPORARY ON DATABASE " + name + " TO " + server.user() + " WITH GRANT OPTION");
        execute(name, "COMMENT ON DATABASE " + name + " IS 'it''s the clinic''s'");
    }

    @AfterEach
    void drop() throws SQLException {
        made.forEach(server::dropDatabase);
        server.dropDatabase(name);
        execute("postgres", "DROP ROLE " + role);
    }

    @Test
    void aCopyHasEverythingOfTheOriginalButTheCommentThatMarksIt() throws SQLException {
        Database copy = create("test");
        assertThat(value(copy.name(), FACTS)).isEqualTo(value(name, FACTS)).contains("77", "5s", "7MB");
        assertThat(value(copy.name(), COMMENT)).contains("scratch", name, RUN);
        copies.drop(copy);
        assertThat(value("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + copy.name() + "'"))
                .isEqualTo("0");
    }

    @Test
    void dropsNothingThatIsNotMarked() {
        assertThatThrownBy(() -> copies.drop(original)).isInstanceOf(CopyFailedException.class);
    }

    /** As when a run undoes what an interrupted one left, and is then undone itself. */
    @Test
    void twoSwapsOfOneRunKeepBothDatabases() throws SQLException {
        Database first = swap(create("restored"));
        Database second = swap(create("restored"));
        assertThat(second.name()).isEqualTo(first.name() + "_2");
        assertThat(copies.kept(original)).extracting(Copies.Kept::name).contains(first.name(), second.name());
    }

    @Test
    void theSwapGivesTheReplacementNameAndCommentOfTheOriginal() throws SQLException {
        String facts = value(name, FACTS);
        Database kept = swap(create("restored"));
        assertThat(value(name, FACTS)).isEqualTo(facts);
        assertThat(value(name, COMMENT)).isEqualTo("it's the clinic's");
        assertThat(value(kept.name(), COMMENT)).contains("kept", name, RUN);
    }

    @Test
    void eightClientsThatWriteAllTheTimeLoseNothing() throws Exception {
        String table = "CREATE TABLE written (place text, client int, n int)";
        execute(name, table);
        Database replacement = create("restored");
        execute(replacement.name(), table);
        ConcurrentLinkedQueue<String> committed = new ConcurrentLinkedQueue<>();
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int client = i;
            Thread thread = new Thread(() -> write(client, committed, running), "client-" + i);
            thread.start();
            clients.add(thread);
        }
        awaitEveryClient();
        Database kept = swap(replacement);
        awaitEveryClient();
        running.set(false);
        for (Thread client : clients) {
            client.join();
        }
        String all = "SELECT string_agg(client || '-' || n, ',') FROM public.written";
        List<String> found = new ArrayList<>(List.of(value(kept.name(), all).split(",")));
        found.addAll(List.of(value(name, all).split(",")));
        assertThat(found)
                .as("each committed row is in the kept or in the new database")
                .containsAll(committed);
    }

    /** As a pool does: connects, writes some rows, connects again; a refusal is tried again. */
    private void write(int client, ConcurrentLinkedQueue<String> committed, AtomicBoolean running) {
        int n = 0;
        while (running.get()) {
            try (Connection connection = server.connect(name);
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 20 && running.get(); i++) {
                    n++;
                    statement.execute(
                            "INSERT INTO public.written VALUES (current_database(), " + client + ", " + n + ")");
                    committed.add(client + "-" + n);
                }
            } catch (SQLException e) {
                sleep();
            }
        }
    }

    private void awaitEveryClient() throws SQLException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!value(name, CLIENTS).equals("8") && System.nanoTime() < end) {
            sleep();
        }
        assertThat(value(name, CLIENTS)).as("clients that got in and wrote").isEqualTo("8");
    }

    private Database create(String what) throws SQLException {
        Database copy = copies.create(original, what, new Context());
        made.add(copy.name());
        return copy;
    }

    private Database swap(Database replacement) throws SQLException {
        Database kept = copies.swap(original, replacement, new Context());
        made.add(kept.name());
        return kept;
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private String value(String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A run that is never cancelled. */
    private static final class Context implements RunContext {
        private final Cancellation cancellation = Cancellation.withoutTimeout();

        @Override
        public String runId() {
            return RUN;
        }

        @Override
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public void progress(String activity, long done, long total, String unit) {}

        @Override
        public void note(String message) {}
    }
}
