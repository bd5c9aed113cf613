package dev.belay.postgres.tools;

import dev.belay.postgres.connection.PostgresEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How another tool's program finds a database: by libpq's variables and by a URL, both in its environment and never in its arguments;
 * and how what it left running in the server is ended.
 *
 * <p>A builder; not thread-safe.
 *
 * @since 0.1
 */
public final class ToolSession {
    private static final int MOST_MILLIS = 5000;

    private final PostgresEndpoint database;
    private final String name;
    private final List<String> options = new ArrayList<>();

    private ToolSession(PostgresEndpoint database, String name) {
        this.database = database;
        this.name = name;
        // A killed client is noticed in the middle of a statement.
        option("client_connection_check_interval", Duration.ofSeconds(1));
    }

    /** With a database; its sessions are shown under this application name. */
    public static ToolSession of(PostgresEndpoint database, String name) {
        return new ToolSession(database, name);
    }

    /** Limits that each session begins with; the default is what the server has. */
    public ToolSession limits(Duration lockTimeout, Duration statementTimeout) {
        option("lock_timeout", lockTimeout);
        option("statement_timeout", statementTimeout);
        return this;
    }

    private void option(String option, Duration value) {
        options.add("-c " + option + "=" + value.toMillis());
    }

    /** Tells the program, by libpq's variables. */
    public ClientProcess with(ClientProcess process) {
        return process.connectedTo(database).with("PGAPPNAME", name).with("PGOPTIONS", String.join(" ", options));
    }

    /**
     * In the form that libpq and most drivers understand. It holds the password and goes nowhere but into an environment.
     *
     * @param scheme for instance {@code postgresql}
     */
    public String url(String scheme) {
        Map<String, String> at = new LinkedHashMap<>(database.clientEnvironment());
        StringBuilder url = new StringBuilder(scheme).append("://").append(encoded(at, "PGUSER"));
        if (at.containsKey("PGPASSWORD")) {
            url.append(':').append(encoded(at, "PGPASSWORD"));
        }
        String host = Objects.requireNonNullElse(at.get("PGHOST"), "");
        boolean plain = !host.startsWith("/") && !host.contains(",");
        url.append('@');
        if (plain) {
            url.append(host.contains(":") ? "[" + host + "]" : host).append(':').append(at.get("PGPORT"));
        }
        url.append('/').append(encoded(at, "PGDATABASE"));
        List<String> parameters = new ArrayList<>();
        if (!plain) {
            parameters.add("host=" + encoded(at, "PGHOST"));
            parameters.add("port=" + encoded(at, "PGPORT"));
        }
        if (at.containsKey("PGSSLMODE")) {
            parameters.add("sslmode=" + encoded(at, "PGSSLMODE"));
        }
        return parameters.isEmpty() ? url.toString() : url + "?" + String.join("&", parameters);
    }

    private static String encoded(Map<String, String> variables, String variable) {
        return URLEncoder.encode(Objects.requireNonNullElse(variables.get(variable), ""), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    /** Ends what runs in the server: a program that was stopped may have left a statement there. */
    public void end() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement("select pg_catalog.pg_terminate_backend(pid, " + MOST_MILLIS
                                + ") from pg_catalog.pg_stat_activity where application_name = ? and datname = ?")) {
            statement.setString(1, name);
            statement.setString(2, database.name());
            statement.execute();
        }
    }

    /** The same database's server with the name of a database that isn't there. */
    public static PostgresEndpoint nowhere(PostgresEndpoint database, String runId) {
        String nowhere = database.name() + "_belay_nowhere_" + runId;
        return database.named(nowhere.length() > 63 ? nowhere.substring(nowhere.length() - 63) : nowhere);
    }
}
