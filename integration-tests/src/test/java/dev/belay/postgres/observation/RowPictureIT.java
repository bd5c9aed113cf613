package dev.belay.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A picture from before a change tells what the change did to the rows, in the columns that are still there. */
class RowPictureIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final String BEFORE = """
            CREATE TABLE users (id int PRIMARY KEY, name varchar(20), price numeric(10, 2), at timestamp, note text);
            INSERT INTO users VALUES (1, 'Ann', 1.50, '2024-01-01 10:00', NULL), (2, 'Bob', 2, '2024-06-01 10:00', ''),
                (3, 'Cy', NULL, NULL, 'x');
            CREATE TABLE log (what text, n int);
            INSERT INTO log VALUES ('a', 1), ('b', 2), ('b', 2);
            CREATE TABLE nothing (id int);
            """;

    private final String name = SERVER.createUniqueDatabase("picture");
    private final PostgresDatabase database = PostgresDatabase.at(SERVER.libpqUrl(name));

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private record Case(String change, List<String> found) {
        static Case of(String change, String... found) {
            return new Case(change, List.of(found));
        }

        @Override
        public String toString() {
            return change;
        }
    }

    static Stream<Case> changes() {
        return Stream.concat(harmless(), harmful());
    }

    private static Stream<Case> harmless() {
        return Stream.of(
                Case.of("SELECT 1"),
                Case.of("ALTER TABLE users ADD age int DEFAULT 7; ALTER TABLE log ADD id serial PRIMARY KEY"),
                Case.of("ALTER TABLE users DROP note; ALTER TABLE log DROP n"),
                Case.of(
                        "ALTER TABLE users ALTER id TYPE bigint, ALTER price TYPE numeric(12, 4), ALTER name TYPE text"),
                Case.of("ALTER TABLE users ALTER at TYPE timestamptz USING at AT TIME ZONE 'UTC'"),
                Case.of("ALTER TABLE users RENAME note TO old; ALTER TABLE users ADD note text;"
                        + " UPDATE users SET note = old; ALTER TABLE users DROP old"),
                Case.of("ALTER TABLE users DROP CONSTRAINT users_pkey; ALTER TABLE users ADD PRIMARY KEY (name)"),
                Case.of("DROP TABLE nothing; CREATE TABLE new AS SELECT 1 AS one"),
                Case.of("DELETE FROM users WHERE id = 3; INSERT INTO users VALUES (3, 'Cy', NULL, NULL, 'x')"));
    }

    private static Stream<Case> harmful() {
        return Stream.of(
                Case.of("DELETE FROM users WHERE id = 3", "table public.users has 2 rows instead of 3"),
                Case.of("INSERT INTO log VALUES ('b', 2)", "table public.log has 4 rows instead of 3"),
                Case.of("DROP TABLE log", "table public.log is gone; it had 3 rows"),
                Case.of(
                        "UPDATE users SET note = '' WHERE note IS NULL",
                        "column public.users.note: values of its rows are others"),
                Case.of(
                        "UPDATE users SET name = CASE id WHEN 1 THEN 'Bob' WHEN 2 THEN 'Ann' ELSE name END",
                        "column public.users.name: values of its rows are others"),
                Case.of(
                        "ALTER TABLE users ADD extra int;"
                                + " UPDATE users SET note = CASE id WHEN 1 THEN 'x' WHEN 3 THEN NULL ELSE note END",
                        "column public.users.note: values of its rows are others"),
                Case.of(
                        "ALTER TABLE users ALTER name TYPE varchar(2) USING left(name, 2), ALTER price TYPE int",
                        "column public.users.name: values read differently as character varying(2) than as character"
                                + " varying(20)",
                        "column public.users.price: values read differently as integer than as numeric(10,2)"),
                Case.of(
                        "UPDATE log SET n = 3 - n WHERE ctid <> '(0,3)'",
                        "table public.log: the same values are in other rows"),
                Case.of(
                        "ALTER TABLE users DROP id",
                        "table public.users has lost a column of its key (id); only the number of its rows was compared"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void tellsWhatAChangeDidToTheRows(Case change) throws SQLException {
        execute(BEFORE);
        RowPicture before = RowPicture.of(database, new QuietContext());

        execute(change.change());

        assertThat(before.differencesIn(database, new QuietContext()))
                .extracting(RowDifference::toString)
                .containsExactlyElementsOf(change.found());
    }

    @Test
    void comparesTwoDatabases() throws SQLException {
        execute(BEFORE);
        RowPicture before = RowPicture.of(database, new QuietContext());
        String other = SERVER.createUniqueDatabase("picture");
        try (Connection connection = SERVER.connect(other);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    BEFORE.replace("(id int PRIMARY KEY, name varchar(20),", "(name varchar(20), id int PRIMARY KEY,")
                            .replace("(1, 'Ann'", "('Ann', 1")
                            .replace("(2, 'Bob'", "('Bob', 2")
                            .replace("(3, 'Cy'", "('Cy', 3"));
            assertThat(before.differencesIn(database.named(other), new QuietContext()))
                    .isEmpty();
        } finally {
            SERVER.dropDatabase(other);
        }
    }

    @Test
    void seesWhatItsTransactionHasChanged() throws SQLException {
        execute(BEFORE);
        RowPicture before = RowPicture.of(database, new QuietContext());
        try (Connection connection = SERVER.connect(name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DELETE FROM users");

            assertThat(before.differencesIn(connection, new QuietContext()))
                    .extracting(RowDifference::object)
                    .containsExactly("public.users");
            connection.rollback();
        }
    }

    @Test
    void isTheSameAfterItWasKeptAsTexts() throws SQLException {
        execute(
                BEFORE
                        + "CREATE TABLE \"Odd, \n\"\"Name\" (\"a b\" int, c text, PRIMARY KEY (c, \"a b\")); CREATE TABLE bare ()");
        RowPicture picture = RowPicture.of(database, new QuietContext());

        assertThat(picture.tables()).hasSize(5);
        assertThat(RowPicture.remembered(picture.toTexts())).isEqualTo(picture);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
