package dev.belay.postgres.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.validation.Finding;
import dev.belay.validation.Severity;
import dev.belay.validation.ValidationContext.Phase;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The change may add and drop columns; what it does to rows beyond that is to be declared. */
class PreservedRowsIT {
    private final PostgresServer server = PostgresServers.shared();
    private final String name = server.createUniqueDatabase("preserved");
    private final PostgresDatabase database = PostgresDatabase.at(server.libpqUrl(name));
    private Connection connection;

    @BeforeEach
    void create() throws SQLException {
        connection = server.connect(name);
        execute("""
                CREATE SCHEMA audit;
                CREATE TABLE users (id int PRIMARY KEY, name text, age int);
                CREATE TABLE audit.events (what text);
                INSERT INTO users VALUES (1, 'Ann', 30), (2, 'Bob', 40);
                INSERT INTO audit.events VALUES ('begin');
                """);
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        server.dropDatabase(name);
    }

    @Test
    void lookOnlyAtColumnsThatAreStillThere() throws SQLException {
        assertThat(findings(
                        Rows.preserved(),
                        "ALTER TABLE users DROP age, ADD born date DEFAULT '2000-01-01'; CREATE TABLE more (id int)"))
                .isEmpty();
    }

    @Test
    void areNotPreservedWhenAValueChanges() throws SQLException {
        List<Finding> findings = findings(
                Rows.preserved(), "UPDATE users SET name = upper(name); INSERT INTO audit.events VALUES ('end')");

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.CRITICAL);
        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly(
                        "table audit.events has 2 rows instead of 1.",
                        "column public.users.name: values of its rows are others.");
        assertThat(findings.get(1).wayOut()).contains("Rows.preserved().except(\"public.users.name\")");
    }

    @Test
    void mayDifferWhereThatIsDeclared() throws SQLException {
        String change = "UPDATE users SET name = upper(name), age = age + 1; INSERT INTO audit.events VALUES ('end')";

        assertThat(findings(Rows.preserved().except("public.users.name", "audit.events"), change))
                .extracting(Finding::message)
                .containsExactly("column public.users.age: values of its rows are others.");
    }

    @Test
    void areSeenInsideTheTransactionAndLeaveNoTraceThere() throws SQLException {
        Validator validator = Rows.preserved();
        connection.setAutoCommit(false);
        Map<String, String> before = validator.remember(context(Phase.BEFORE));
        execute("DELETE FROM users WHERE id = 2");

        assertThat(validator.validate(context(Phase.IN_TRANSACTION).remembering(before)))
                .extracting(Finding::message)
                .containsExactly("table public.users has 1 row instead of 2.");
        // the search path is as it was
        execute("INSERT INTO users VALUES (3, 'Cy', 50)");
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Test
    void areReportedWhereTheKeyIsGone() throws SQLException {
        assertThat(findings(Rows.preserved(), "ALTER TABLE users DROP id"))
                .extracting(Finding::severity)
                .containsExactly(Severity.MINOR);
    }

    @Test
    void needSomethingToCompareWith() throws SQLException {
        TestValidationContext context = context(Phase.COMMITTED);

        assertThat(Rows.preserved().validate(context)).isEmpty();
        assertThat(context.notes()).singleElement().asString().startsWith("Rows.preserved() compares before and after");
    }

    @Test
    void refuseNamesThatCanNotBeMeant() {
        assertThat(Rows.preserved().except("a.b").except("c.d"))
                .hasToString("Rows.preserved().except(\"a.b\", \"c.d\")");
        assertThatThrownBy(() -> Rows.preserved().except("users"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Rows.preserved().except(\"users\"): name the schema too, as in \"public.users\"");
        assertThatThrownBy(() -> Rows.preserved().except("a.b").except("a.b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Finding> findings(Validator validator, String change) throws SQLException {
        Map<String, String> before = validator.remember(context(Phase.BEFORE));
        execute(change);
        return validator.validate(context(Phase.COMMITTED).remembering(before));
    }

    private TestValidationContext context(Phase phase) {
        return TestValidationContext.of(phase, database, connection);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
