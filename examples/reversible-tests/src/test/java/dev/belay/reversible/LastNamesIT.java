package dev.belay.reversible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.junit.AfterDowngrade;
import dev.belay.testkit.junit.AfterUpgrade;
import dev.belay.testkit.junit.BeforeRevision;
import dev.belay.testkit.junit.ReversibleRevisions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

// tag::rows[]
@ReversibleRevisions("db/revisions")
class LastNamesIT {
    @BeforeRevision("4f2a9c01")
    void employees(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO employees (name) VALUES ('Ada Lovelace'), ('Plato')");
        }
    }

    @AfterUpgrade("4f2a9c01")
    void haveLastNames(Connection connection) throws SQLException {
        assertThat(strings(connection, "SELECT concat_ws('|', name, last_name) FROM employees ORDER BY id"))
                .containsExactly("Ada|Lovelace", "Plato");
    }

    @AfterDowngrade("4f2a9c01")
    void haveOneNameAgain(Connection connection) throws SQLException {
        assertThat(strings(connection, "SELECT name FROM employees ORDER BY id"))
                .containsExactly("Ada Lovelace", "Plato");
    }
    // end::rows[]

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
