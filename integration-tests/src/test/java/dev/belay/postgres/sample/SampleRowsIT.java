package dev.belay.postgres.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.database.TableFingerprint;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.observation.QuietContext;
import dev.belay.postgres.sample.SampleReport.Filled;
import dev.belay.postgres.sample.SampleReport.Unfilled;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every table gets rows, whatever it asks of them; the server is the judge of them. */
class SampleRowsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final SampleRows ROWS = SampleRows.withSeed(42);

    private final List<String> databases = new ArrayList<>();

    @AfterEach
    void drop() {
        databases.forEach(SERVER::dropDatabase);
    }

    @Test
    void fillsEveryTableOfAClinic() throws Exception {
        PostgresDatabase clinic = databaseWith("clinic.sql");

        SampleReport report = ROWS.fill(clinic);

        assertThat(report.unfilled()).isEmpty();
        assertThat(report.filled()).hasSize(17).allMatch(table -> table.rows() == 6);
        // what its triggers wrote came on top
        assertThat(number(clinic, "SELECT count(*) FROM audit.events")).isEqualTo(12);
        assertThat(number(clinic, "SELECT count(*) FROM patients p JOIN appointments a ON a.patient_id = p.id"))
                .isEqualTo(6);
    }

    @Test
    void fillsWhateverCanBeFilledAndSaysWhyNotTheRest() throws Exception {
        PostgresDatabase database = databaseWith("everything.sql");
        Set<String> tables = new TreeSet<>(texts(database, """
                SELECT format('%I.%I', n.nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                WHERE relkind = 'r' AND nspname IN ('public', 'Odd Schema')
                """));

        SampleReport report = ROWS.fill(database);

        assertThat(report.unfilled())
                .filteredOn(table -> !table.table().equals("public.xmls"))
                .extracting(Unfilled::toString)
                .containsExactly(
                        "public.after_never: foreign key to_never needs a row of public.never, which has none",
                        "public.empty_root: it has no partition that could take a row",
                        "public.left_hand: foreign key to_right needs a row of public.right_hand, which has none",
                        "public.never: new row for relation \"never\" violates check constraint \"no_such_number\""
                                + " (SQLSTATE 23514)",
                        "public.refused: raised by the database's own code; its words may hold values and are only in"
                                + " the server's log (SQLSTATE P0001)",
                        "public.right_hand: foreign key right_hand_other_fkey needs a row of public.left_hand, which"
                                + " has none",
                        "public.swallowed: the server took the rows without keeping any: a trigger or a rule");
        report.unfilled().forEach(table -> tables.remove(table.table()));
        assertThat(report.filled()).extracting(Filled::table).containsExactlyElementsOf(tables);
        for (Filled filled : report.filled()) {
            assertThat(number(database, "SELECT count(*) FROM ONLY " + filled.table()))
                    .as(filled.table())
                    .isGreaterThanOrEqualTo(filled.rows());
        }
        assertThat(report.filled())
                .filteredOn(table -> table.rows() < 6)
                .extracting(Filled::table)
                .isSubsetOf("public.eggs", "public.nothing", "public.onerow", "public.shifts");
    }

    @Test
    void variesTheValues() throws Exception {
        PostgresDatabase database = databaseWith("everything.sql");
        ROWS.fill(database);

        assertThat(number(database, "SELECT count(*) FROM nulls WHERE num_nulls(a, b, c, d, e, f, g, h, i, j) = 0"))
                .as("rows without any NULL")
                .isGreaterThan(2);
        assertThat(number(database, "SELECT count(*) FROM nulls WHERE nulls IS NULL"))
                .as("rows with nothing but NULL")
                .isEqualTo(1);
        assertThat(number(database, "SELECT count(*) FROM nulls WHERE b = ''")).isEqualTo(1);
        assertThat(number(database, "SELECT count(*) FROM types WHERE octet_length(k) > length(k)"))
                .as("texts beyond ASCII")
                .isGreaterThan(0);
        assertThat(number(database, "SELECT count(*) FROM types WHERE a = b OR b = c OR k = o::text"))
                .as("columns of one type that could be mixed up unseen")
                .isZero();
        assertThat(number(database, "SELECT count(*) FROM tree WHERE parent IS NOT NULL"))
                .isEqualTo(4);
        assertThat(number(database, "SELECT count(*) FROM heads WHERE boss IS NOT NULL"))
                .isEqualTo(4);
        assertThat(number(database, "SELECT count(DISTINCT kind) FROM checks")).isEqualTo(3);
    }

    @Test
    void makesTheSameRowsOfTheSameSeed() throws Exception {
        List<TableFingerprint> first = fingerprints(databaseWith("everything.sql"), ROWS);

        assertThat(fingerprints(databaseWith("everything.sql"), ROWS)).isEqualTo(first);
        assertThat(fingerprints(databaseWith("everything.sql"), SampleRows.withSeed(43)))
                .isNotEqualTo(first);
    }

    @Test
    void leavesThatTransactionToTheCallerInWhichItWorks() throws Exception {
        PostgresDatabase database = databaseWith("clinic.sql");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(ROWS.rows(2).fill(connection).filled()).hasSize(17).allMatch(table -> table.rows() == 2);
            connection.rollback();
        }
        assertThat(number(database, "SELECT count(*) FROM users")).isZero();
    }

    @Test
    void addsToRowsThatAreThere() throws Exception {
        PostgresDatabase database = databaseWith("clinic.sql");
        ROWS.fill(database);

        assertThat(ROWS.fill(database).unfilled()).isEmpty();
    }

    @Test
    void leavesAloneWhatItIsTold() throws Exception {
        PostgresDatabase database = database();
        execute(database, "CREATE TABLE a (id int); CREATE TABLE history (id int)");

        SampleReport report = ROWS.except("public.history").fill(database);

        assertThat(report.filled()).containsExactly(new Filled("public.a", 6));
        assertThat(report.unfilled()).isEmpty();
        assertThat(number(database, "SELECT count(*) FROM history")).isZero();
    }

    @Test
    void reportsATableThatTheRoleMayNotWriteTo() throws Exception {
        PostgresDatabase database = database();
        String role = databases.get(0) + "_role";
        execute(
                database,
                "CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE ROLE " + role + "; GRANT INSERT ON b TO "
                        + role);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
            SampleReport report = ROWS.fill(connection);

            assertThat(report.filled()).containsExactly(new Filled("public.b", 6));
            assertThat(report.unfilled())
                    .containsExactly(new Unfilled("public.a", "permission denied for table a (SQLSTATE 42501)"));
            statement.execute("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatThrownBy(() -> ROWS.rows(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows(0): 1 to 1000 rows can be made up");
    }

    /** Without the tables into which a trigger writes the time. */
    private static List<TableFingerprint> fingerprints(PostgresDatabase database, SampleRows rows) throws SQLException {
        rows.fill(database);
        return database.observations().rows(database, new QuietContext()).stream()
                .filter(table -> !Set.of("public.log", "public.logged").contains(table.table()))
                .toList();
    }

    private PostgresDatabase database() {
        databases.add(SERVER.createUniqueDatabase("sample"));
        return PostgresDatabase.at(SERVER.libpqUrl(databases.get(databases.size() - 1)));
    }

    private PostgresDatabase databaseWith(String script) throws IOException, SQLException {
        PostgresDatabase database = database();
        try (InputStream sql = SampleRowsIT.class.getResourceAsStream(script)) {
            execute(database, new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        return database;
    }

    private static void execute(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static long number(PostgresDatabase database, String sql) throws SQLException {
        return Long.parseLong(texts(database, sql).get(0));
    }

    private static List<String> texts(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }
}
