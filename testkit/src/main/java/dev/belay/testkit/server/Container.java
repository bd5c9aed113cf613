package dev.belay.testkit.server;

import dev.belay.testkit.server.PostgresServer.Endpoint;
import dev.belay.testkit.server.ServerSource.Answer;
import dev.belay.testkit.server.ServerSource.Wish;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The one class that touches Testcontainers, so that the others load without it. */
final class Container {
    private static final String IMAGE = System.getenv().getOrDefault("BELAY_TEST_IMAGE", "postgres:17-alpine");
    private static final int PORT = 5432;

    private Container() {}

    static Answer open(Wish wish) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return new Answer.None("no Docker engine answers");
        }
        String password = Passwords.random();
        List<String> command = new ArrayList<>(List.of("postgres"));
        wish.configuration().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        GenericContainer<?> container = new GenericContainer<>(IMAGE);
        try {
            container
                    .withEnv("POSTGRES_PASSWORD", password)
                    .withExposedPorts(PORT)
                    .withCommand(command.toArray(String[]::new))
                    // The image starts the server twice: once to set it up, and once to serve.
                    .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2))
                    .withStartupTimeout(Duration.ofMinutes(3))
                    .start();
            Endpoint endpoint =
                    new Endpoint(container.getHost(), container.getMappedPort(PORT), "postgres", password, "postgres");
            PostgresServer server = new PostgresServer(endpoint, container::close, ServerFacts.askedOf(endpoint));
            return new Answer.Found(server, "a container of " + IMAGE);
        } catch (RuntimeException | SQLException e) {
            container.close();
            return new Answer.None("the container of " + IMAGE + " did not start: " + e.getMessage());
        }
    }
}
