package dev.belay.postgres.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.belay.validation.Finding;
import dev.belay.validation.Validator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/ok", 204);
        answer("/broken", 503);
        server.createContext("/late", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() < 2 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private URI at(String rest) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + rest);
    }

    @Test
    void acceptsASuccess() throws Exception {
        assertThat(ask(Health.answers(at("/ok")))).isEmpty();
    }

    @Test
    void triesAgain() throws Exception {
        assertThat(ask(Health.answers(at("/late"), Duration.ofSeconds(5), Duration.ofSeconds(20))))
                .isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    void saysTheStatusButNoQuery() throws Exception {
        Validator health = Health.answers(at("/broken?token=secret"), Duration.ofSeconds(5), Duration.ZERO);
        assertThat(ask(health))
                .extracting(Finding::message)
                .containsExactly(at("/broken") + " answered with status 503.");
        assertThat(health.toString()).isEqualTo("Health.answers(" + at("/broken") + ")");
        assertThat(health.needsCommit()).isTrue();
        assertThat(health.runsOnCopy()).isFalse();
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        URI address = at("/ok");
        server.stop(0);
        assertThat(ask(Health.answers(address, Duration.ofSeconds(5), Duration.ZERO)))
                .extracting(Finding::message)
                .containsExactly(address + " can't be reached.");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> Health.answers(URI.create("file:///etc/passwd")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Health.answers(at("/ok"), Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
    }

    private static java.util.List<Finding> ask(Validator validator) throws Exception {
        return validator.validate(TestValidationContext.withoutDatabase());
    }
}
