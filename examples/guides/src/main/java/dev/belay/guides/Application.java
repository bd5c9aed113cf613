package dev.belay.guides;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** The application, as far as it matters here: it answers whether it is well. */
final class Application implements AutoCloseable {
    private final HttpServer http;
    private volatile boolean well = true;

    private Application(HttpServer http) {
        this.http = http;
    }

    static Application start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Application application = new Application(http);
        http.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(application.well ? 200 : 500, -1);
            exchange.close();
        });
        http.start();
        return application;
    }

    URI health() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/health");
    }

    void isWell(boolean isWell) {
        well = isWell;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
