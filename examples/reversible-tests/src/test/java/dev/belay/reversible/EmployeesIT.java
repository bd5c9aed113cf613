package dev.belay.reversible;

import static dev.belay.testkit.assertj.BelayAssertions.assertThat;
import static dev.belay.testkit.assertj.BelayAssertions.assertThatRevision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.revision.Revisions;
import dev.belay.testkit.junit.FreshDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

// tag::fresh[]
@FreshDatabase("db/revisions")
class EmployeesIT {
    @Test
    void hasNobodyAtFirst(@FreshDatabase DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM employees")).isZero();
        }
    }

    @Test
    void hadNoLastNamesOnce(@FreshDatabase(at = "1b77e000") PostgresDatabase database) {
        assertThat(SchemaSnapshot.of(database)).hasTable("public.employees").hasNoColumn("public.employees.last_name");
    }
    // end::fresh[]

    @Test
    void revisionsCanBeProvenOneByOne() {
        // tag::one[]
        assertThatRevision("77aa0003").of(Revisions.onClasspath("db/revisions")).isReversible();
        // end::one[]
    }
}
