package dev.belay.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.belay.testkit.server.ServerSource.Answer;
import dev.belay.testkit.server.ServerSource.Wish;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs where a Docker engine is; CONTRIBUTING says how to try it without a registry. */
class ContainerIT {
    @Test
    void aServerInAContainerServesWithTheSettingsAskedFor() throws SQLException {
        try (PostgresServer server = container()) {
            String name = server.createUniqueDatabase("container");
            try (Connection connection = server.connect(name);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW work_mem")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("5MB");
            }
            assertThat(server.superuser()).isTrue();
            assertThat(server.programs()).isEmpty();
            assertThat(server.createUniqueCopy("copy", name)).startsWith("copy_");
        }
    }

    private static PostgresServer container() {
        Answer answer = new DockerEngine().open(new Wish(false, Map.of("work_mem", "5MB"), Optional.empty()));
        if (answer instanceof Answer.Found found) {
            return found.server();
        }
        String sentence = "No PostgreSQL in a container: " + answer;
        // a registry may be out of reach; an image that was named is meant
        return System.getenv("BELAY_TEST_IMAGE") == null ? abort(sentence) : fail(sentence);
    }
}
