package dev.belay.postgres.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.validation.Finding;
import dev.belay.validation.Severity;
import dev.belay.validation.ValidationContext.Phase;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValidatorsIT {
    private static final String ORDERS = """
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
            INSERT INTO users VALUES (1);
            INSERT INTO orders VALUES (1, 1), (2, NULL);
            """;
    /** Writes with the triggers of foreign keys off, as careless restores do. */
    private static final String UNCHECKED = "SET session_replication_role = replica;";

    private final PostgresServer server = PostgresServers.shared();
    private final String name = server.createUniqueDatabase("validators");
    private final Database database = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = server.connect(name);
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        server.dropDatabase(name);
    }

    private record Case(String what, String setup, Validator validator, List<String> messages) {
        static Case good(String what, String setup, Validator validator) {
            return new Case(what, setup, validator, List.of());
        }

        static Case bad(String what, String setup, Validator validator, String... messages) {
            return new Case(what, setup, validator, List.of(messages));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(tables(), foreignKeys(), queries(), catalog(), sequences())
                .flatMap(s -> s);
    }

    private static Stream<Case> tables() {
        return Stream.of(
                Case.good(
                        "tables exist",
                        ORDERS,
                        Tables.exist("users", "public.orders", "ORDERS", "pg_catalog.pg_class")),
                Case.bad(
                        "a table is missing",
                        ORDERS,
                        Tables.exist("users", "audit.events", "\"Users\""),
                        "table audit.events does not exist.",
                        "table \"Users\" does not exist."),
                Case.good("a quoted name", "CREATE TABLE \"A {b\" ()", Tables.exist("\"A {b\"")),
                Case.bad("a view", "CREATE VIEW v AS SELECT 1 AS one", Tables.exist("v"), "v is a view, not a table."));
    }

    private static Stream<Case> foreignKeys() {
        return Stream.of(
                Case.good("keys hold", ORDERS, ForeignKeys.hold()),
                Case.good("no keys at all", "CREATE TABLE t ()", ForeignKeys.hold()),
                Case.bad(
                        "orphans behind the server's back",
                        ORDERS + UNCHECKED + "INSERT INTO orders VALUES (3, 77), (4, 78)",
                        ForeignKeys.hold(),
                        "foreign key \"orders_user_id_fkey\" of public.orders does not hold: 2 rows have no match in"
                                + " public.users."),
                Case.bad(
                        "orphans that NOT VALID allows",
                        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int); INSERT INTO c VALUES (1);"
                                + "ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (p) REFERENCES p DEFERRABLE NOT VALID",
                        ForeignKeys.hold(),
                        "foreign key \"k\" of public.c does not hold: 1 row has no match in public.p."),
                Case.good(
                        "MATCH SIMPLE allows a key that is null in part",
                        "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int,"
                                + " FOREIGN KEY (a, b) REFERENCES p); INSERT INTO c VALUES (1, NULL), (NULL, NULL)",
                        ForeignKeys.hold()),
                Case.bad(
                        "MATCH FULL doesn't",
                        "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int,"
                                + " CONSTRAINT k FOREIGN KEY (a, b) REFERENCES p MATCH FULL);" + UNCHECKED
                                + "INSERT INTO c VALUES (1, NULL), (NULL, NULL), (3, 4)",
                        ForeignKeys.hold(),
                        "foreign key \"k\" of public.c does not hold: 2 rows have no match in public.p."),
                Case.bad(
                        "a composite key in another order",
                        "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (x int, y int,"
                                + " CONSTRAINT k FOREIGN KEY (y, x) REFERENCES p (a, b)); INSERT INTO p VALUES (1, 2);"
                                + "INSERT INTO c VALUES (2, 1);" + UNCHECKED + "INSERT INTO c VALUES (1, 2)",
                        ForeignKeys.hold(),
                        "foreign key \"k\" of public.c does not hold: 1 row has no match in public.p."),
                Case.bad(
                        "a table to itself",
                        "CREATE TABLE t (id int PRIMARY KEY, up int CONSTRAINT k REFERENCES t); INSERT INTO t VALUES (1, 1);"
                                + UNCHECKED + "INSERT INTO t VALUES (2, 9)",
                        ForeignKeys.hold(),
                        "foreign key \"k\" of public.t does not hold: 1 row has no match in public.t."),
                Case.bad(
                        "partitioned on both sides, counted once",
                        "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);"
                                + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);"
                                + "CREATE TABLE c (p int CONSTRAINT k REFERENCES p) PARTITION BY RANGE (p);"
                                + "CREATE TABLE c1 PARTITION OF c FOR VALUES FROM (0) TO (50);"
                                + "CREATE TABLE c2 PARTITION OF c FOR VALUES FROM (50) TO (100);"
                                + "INSERT INTO p VALUES (1), (60); INSERT INTO c VALUES (1), (60);" + UNCHECKED
                                + "INSERT INTO c VALUES (2), (61)",
                        ForeignKeys.hold(),
                        "foreign key \"k\" of public.c does not hold: 2 rows have no match in public.p."),
                Case.bad(
                        "names that need quotes, other collations, crossed types",
                        "CREATE TABLE \"P {?}\" (\"the Id\" bigint, name text COLLATE \"C\", PRIMARY KEY (\"the Id\", name));"
                                + "CREATE TABLE c (\"p:x\" int, name varchar(9) COLLATE \"POSIX\", CONSTRAINT \"the \"\"k\"\"\""
                                + " FOREIGN KEY (\"p:x\", name) REFERENCES \"P {?}\"); INSERT INTO \"P {?}\" VALUES (1, 'a');"
                                + "INSERT INTO c VALUES (1, 'a');" + UNCHECKED + "INSERT INTO c VALUES (1, 'b')",
                        ForeignKeys.hold(),
                        "foreign key \"the \"k\"\" of public.c does not hold: 1 row has no match in public.\"P {?}\"."),
                Case.good(
                        "rows of an inheriting table are not bound",
                        ORDERS + "CREATE TABLE more () INHERITS (orders); INSERT INTO more VALUES (1, 99)",
                        ForeignKeys.hold()),
                Case.bad(
                        "holdOn names a missing table",
                        ORDERS,
                        ForeignKeys.holdOn("orders", "gone"),
                        "table gone does not exist."),
                Case.good(
                        "holdOn looks at no other table",
                        ORDERS + "CREATE TABLE other (u int REFERENCES users);" + UNCHECKED
                                + "INSERT INTO other VALUES (9)",
                        ForeignKeys.holdOn("orders")));
    }

    private static Stream<Case> queries() {
        return Stream.of(
                Case.good("true", ORDERS, Query.isTrue("SELECT count(*) = 1 FROM users; -- all of them")),
                Case.bad("false", ORDERS, Query.isTrue("some users", "SELECT false"), "\"some users\" is false."),
                Case.bad("null", ORDERS, Query.isTrue("x", "SELECT NULL::boolean"), "\"x\" is null, not true."),
                Case.bad(
                        "no row",
                        ORDERS,
                        Query.isTrue("x", "SELECT true WHERE false"),
                        "\"x\" gives no row instead of one."),
                Case.bad(
                        "two rows",
                        ORDERS,
                        Query.isTrue("x", "VALUES (true), (true)"),
                        "\"x\" gives more than one row."),
                Case.bad(
                        "two columns",
                        ORDERS,
                        Query.isTrue("x", "SELECT true, true"),
                        "\"x\" gives 2 columns instead of one boolean."),
                Case.bad(
                        "a number",
                        ORDERS,
                        Query.isTrue("SELECT 'secret' || 1"),
                        "\"SELECT … || …\" gives a column of type text instead of a boolean."),
                Case.good("a question mark is an operator", ORDERS, Query.isTrue("SELECT '{\"a\":1}'::jsonb ? 'a'")),
                Case.bad(
                        "a query that writes",
                        ORDERS
                                + "CREATE FUNCTION f() RETURNS boolean LANGUAGE sql AS 'DELETE FROM orders; SELECT true'",
                        Query.isTrue("x", "SELECT f()"),
                        "could not be checked: \"x\": cannot execute DELETE in a read-only transaction (SQLSTATE 25006)."),
                Case.bad(
                        "no query at all",
                        ORDERS,
                        Query.isTrue("x", "COMMIT"),
                        "could not be checked: \"x\": syntax error at or near \"COMMIT\" (SQLSTATE 42601)."),
                Case.bad(
                        "a missing table",
                        ORDERS,
                        Query.isEmpty("x", "TABLE gone"),
                        "could not be checked: \"x\": relation \"gone\" does not exist (SQLSTATE 42P01)."),
                Case.bad(
                        "a literal of the wrong type",
                        ORDERS,
                        Query.isEmpty("x", "SELECT FROM users WHERE id = 'secret'"),
                        "could not be checked: \"x\": invalid input syntax for type integer: \"\u2026\" (SQLSTATE 22P02)."),
                Case.good("empty", ORDERS, Query.isEmpty("SELECT FROM orders WHERE id < 0")),
                Case.bad("one row", ORDERS, Query.isEmpty("x", "TABLE users"), "\"x\" finds 1 violation."),
                Case.bad("two rows found", ORDERS, Query.isEmpty("x", "TABLE orders"), "\"x\" finds 2 violations."),
                Case.bad(
                        "very many rows",
                        ORDERS,
                        Query.isEmpty("x", "SELECT generate_series(1, 5000)"),
                        "\"x\" finds 1000 violations or more."));
    }

    private static Stream<Case> catalog() {
        String invalid = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_pkey'::regclass";
        String notValid = "ALTER TABLE orders ADD CONSTRAINT positive CHECK (id > 0) NOT VALID";
        return Stream.of(
                Case.good("valid indexes", ORDERS, Indexes.areValid()),
                Case.bad(
                        "an invalid index",
                        ORDERS + invalid,
                        Indexes.areValid(),
                        "index public.orders_pkey of public.orders is invalid: queries don't use it, writes pay for it."),
                Case.good("validated constraints", ORDERS, Constraints.areValidated()),
                Case.bad(
                        "a constraint that is not valid",
                        ORDERS + notValid,
                        Constraints.areValidated(),
                        "constraint \"positive\" of public.orders is NOT VALID: rows from before it may break it."));
    }

    private static Stream<Case> sequences() {
        String behind = " is behind its column: an INSERT would meet a key that is taken.";
        return Stream.of(
                Case.good(
                        "sequences that are ahead",
                        "CREATE TABLE t (id serial, n int GENERATED ALWAYS AS IDENTITY, d int GENERATED BY DEFAULT AS IDENTITY"
                                + " (INCREMENT BY -1)); INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES;"
                                + "CREATE TABLE empty (id serial)",
                        Sequences.areAheadOfTheirColumns()),
                Case.bad(
                        "rows with keys of their own",
                        "CREATE TABLE t (id serial); INSERT INTO t VALUES (1)",
                        Sequences.areAheadOfTheirColumns(),
                        "sequence public.t_id_seq of public.t.id" + behind),
                Case.bad(
                        "a called sequence",
                        "CREATE TABLE t (id bigserial); INSERT INTO t DEFAULT VALUES; INSERT INTO t VALUES (2)",
                        Sequences.areAheadOfTheirColumns(),
                        "sequence public.t_id_seq of public.t.id" + behind),
                Case.bad(
                        "a descending identity",
                        "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY -1)); INSERT INTO t VALUES (-5)",
                        Sequences.areAheadOfTheirColumns(),
                        "sequence public.t_id_seq of public.t.id" + behind));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsCommitted(Case one) throws SQLException {
        execute(one.setup());
        execute("RESET ALL");
        var context = TestValidationContext.of(Phase.COMMITTED, database, connection);
        assertThat(one.validator().validate(context))
                .extracting(Finding::message)
                .containsExactlyElementsOf(one.messages());
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(setting("row_security")).isEqualTo("on");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsInsideTheTransactionAndLeavesItAsItWas(Case one) throws SQLException {
        connection.setAutoCommit(false);
        execute("CREATE TABLE mark ()");
        execute(one.setup());
        execute("RESET ALL");
        var context = TestValidationContext.of(Phase.IN_TRANSACTION, database, connection);
        assertThat(one.validator().validate(context))
                .extracting(Finding::message)
                .containsExactlyElementsOf(one.messages());
        assertThat(setting("row_security")).isEqualTo("on");
        assertThat(setting("transaction_read_only")).isEqualTo("off");
        assertThat(setting("jit")).isEqualTo("on");
        execute("INSERT INTO mark DEFAULT VALUES");
        connection.rollback();
    }

    @Test
    void looksAtBigTablesOverSeveralConnections() throws SQLException {
        execute(ORDERS + "CREATE TABLE lines (o int REFERENCES orders, u int REFERENCES users, filler text);");
        execute(UNCHECKED + "INSERT INTO lines SELECT 1 + i % 3, 1, repeat('x', 500) FROM generate_series(1, 30000) i");
        execute("RESET ALL");
        var findings = ForeignKeys.hold().validate(TestValidationContext.of(Phase.COMMITTED, database, connection));
        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly(
                        "foreign key \"lines_o_fkey\" of public.lines does not hold: 10000 rows have no match in"
                                + " public.orders.");
        assertThat(findings.get(0).wayOut()).startsWith("Find them by SELECT c.* FROM ONLY public.lines c WHERE");
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                Arguments.of(Rows.unchangedIn("users", "orders"), "UPDATE orders SET user_id = 1", List.of()),
                Arguments.of(
                        Rows.unchangedIn("users", "orders"),
                        "DELETE FROM orders",
                        List.of("table orders has 0 rows, before the change it had 2.")),
                Arguments.of(
                        Rows.unchangedIn("users"),
                        "INSERT INTO users VALUES (5)",
                        List.of("table users has 2 rows, before the change it had 1.")),
                Arguments.of(Rows.notFewerIn("users"), "INSERT INTO users VALUES (5)", List.of()),
                Arguments.of(
                        Rows.notFewerIn("orders"),
                        "DROP TABLE orders",
                        List.of("table orders is gone; it had 2 rows.")),
                Arguments.of(
                        Rows.unchangedIn("later"),
                        "CREATE TABLE later ()",
                        List.of("table later did not exist before the change.")));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void comparesCountsWithThoseFromBefore(Validator validator, String change, List<String> messages)
            throws SQLException {
        execute(ORDERS);
        var before = validator.remember(TestValidationContext.of(Phase.BEFORE, database, connection));
        execute(change);
        var context =
                TestValidationContext.of(Phase.COMMITTED, database, connection).remembering(before);
        assertThat(validator.validate(context)).extracting(Finding::message).containsExactlyElementsOf(messages);
    }

    @Test
    void saysThatCountsWereNotComparedOutsideOfARun() throws SQLException {
        var context = TestValidationContext.of(Phase.COMMITTED, database, connection);
        assertThat(Rows.unchangedIn("users").validate(context)).isEmpty();
        assertThat(context.notes()).singleElement().asString().contains("nothing was compared");
    }

    @Test
    void whatWasFlawedBeforeTheChangeIsMinor() throws SQLException {
        execute("CREATE TABLE t (id serial, CHECK (id > 0)); ALTER TABLE t ADD CONSTRAINT c CHECK (id < 9) NOT VALID;"
                + "INSERT INTO t VALUES (1); CREATE INDEX i ON t (id);"
                + "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");
        var context = TestValidationContext.of(Phase.COMMITTED, database, connection);
        for (Validator validator :
                List.of(Indexes.areValid(), Constraints.areValidated(), Sequences.areAheadOfTheirColumns())) {
            Map<String, String> before = validator.remember(context);
            assertThat(validator.validate(context.remembering(before)))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.MINOR);
                        assertThat(finding.message()).endsWith("It was so before the change.");
                        assertThat(finding.validator()).isEqualTo(validator.name());
                    });
        }
    }

    @Test
    void comparesTheHeadsWithTheExpectedOnes() throws SQLException {
        var first = new AppliedRevision("a", List.of(), "", "", Instant.EPOCH, false);
        var second = new AppliedRevision("b", List.of("a"), "", "", Instant.EPOCH, false);
        var state = new EngineState(List.of(first, second), Optional.empty());
        var context = TestValidationContext.of(Phase.COMMITTED, database, connection);
        assertThat(Heads.areExpected().validate(context.at(state, List.of("b"))))
                .isEmpty();
        assertThat(Heads.areExpected().validate(context.at(state, List.of())))
                .extracting(Finding::message)
                .containsExactly("the database is at b, expected was base.");
        var partial = new EngineState(List.of(), Optional.of(new EngineState.Partial("b", Direction.UP, 2)));
        assertThat(Heads.areExpected().validate(context.at(partial, List.of())))
                .extracting(Finding::message)
                .containsExactly("revision b was left after 2 statements.");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private String setting(String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT current_setting('" + setting + "')")) {
            result.next();
            return result.getString(1);
        }
    }
}
