package dev.belay.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.testkit.server.PostgresServer.Endpoint;
import java.net.URI;
import java.net.URLDecoder;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The server that {@code BELAY_TEST_URL} names, in JDBC's form or in libpq's. */
record GivenUrl(Map<String, String> environment) implements ServerSource {
    private static final String VARIABLE = "BELAY_TEST_URL";
    private static final int DEFAULT_PORT = 5432;

    @Override
    public String name() {
        return VARIABLE;
    }

    @Override
    public Answer open(Wish wish) {
        String url = environment.getOrDefault(VARIABLE, "");
        if (url.isBlank()) {
            return new Answer.None("not set");
        }
        if (!wish.isPlain()) {
            return new Answer.None("a server of its own was asked for");
        }
        Endpoint endpoint = endpoint(url);
        try {
            PostgresServer server = new PostgresServer(endpoint, () -> {}, ServerFacts.askedOf(endpoint));
            return new Answer.Found(server, VARIABLE);
        } catch (SQLException e) {
            throw new PostgresServerException(
                    "The server that " + VARIABLE + " names (" + endpoint + ") does not answer: " + e.getMessage()
                            + " Start it, or unset " + VARIABLE + ".",
                    e);
        }
    }

    Endpoint endpoint(String url) {
        URI uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("postgres")) {
            throw new PostgresServerException(VARIABLE + " is not the URL of a PostgreSQL server."
                    + " It looks like postgresql://user:password@host:5432/postgres.");
        }
        Map<String, String> query = query(uri);
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        String path = uri.getPath() == null ? "" : uri.getPath();
        return new Endpoint(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                firstOf(user, query.getOrDefault("user", ""), environment.getOrDefault("PGUSER", ""), "postgres"),
                firstOf(password, query.getOrDefault("password", ""), environment.getOrDefault("PGPASSWORD", "")),
                path.length() > 1 ? path.substring(1) : "postgres");
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private static String firstOf(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
