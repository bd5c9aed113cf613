package dev.belay.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The clinic's application, as far as it matters here: its health endpoint, which uses the database as the application does.
 * It books a walk-in as soon as the database allows one, and asks for the status of an appointment as it always did.
 */
final class Application implements AutoCloseable {
    private final Clinic clinic;
    private final HttpServer http;

    private Application(Clinic clinic, HttpServer http) {
        this.clinic = clinic;
        this.http = http;
    }

    static Application startedFor(Clinic clinic) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Application application = new Application(clinic, http);
        http.createContext("/health", application::answer);
        http.start();
        return application;
    }

    URI health() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/health");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(works() ? 200 : 500, -1);
        }
    }

    private boolean works() {
        try (Connection connection = clinic.connect();
                Statement statement = connection.createStatement()) {
            if (allowsWalkIns(statement)) {
                return seesWalkIn(statement);
            }
            statement
                    .executeQuery("SELECT status FROM appointments ORDER BY at LIMIT 1")
                    .close();
            return true;
        } catch (SQLException e) {
            return false; // that is what the endpoint is asked for
        }
    }

    private static boolean allowsWalkIns(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT is_nullable = 'YES' FROM information_schema.columns"
                + " WHERE table_name = 'appointments' AND column_name = 'patient_id'")) {
            return result.next() && result.getBoolean(1);
        }
    }

    /** A mistake that no test of the migration can find: the new version books the walk-in, then can't show it. */
    private static boolean seesWalkIn(Statement statement) throws SQLException {
        statement.execute("INSERT INTO appointments (user_id, at) SELECT 1, '2026-03-02 08:00+00'"
                + " WHERE NOT EXISTS (SELECT FROM appointments WHERE patient_id IS NULL)");
        return false;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
