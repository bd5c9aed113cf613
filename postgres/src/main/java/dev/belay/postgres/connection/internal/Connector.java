package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import dev.belay.postgres.connection.PostgresEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/** Opens connections by pgjdbc, without a statement of its own. Immutable and thread-safe. */
public final class Connector implements PostgresEndpoint {
    /** NAMEDATALEN - 1: the server cuts longer application names. */
    private static final int LONGEST_NAME = 63;

    private static final Map<String, String> DEFAULTS = Map.of(
            "connectTimeout", "10",
            "loginTimeout", "60", // else a server that accepts and then says nothing is waited for without end
            "tcpKeepAlive", "true",
            "prepareThreshold", "0", // behind a transaction pooler the next session doesn't know a named statement
            "assumeMinServerVersion", "14", // with it, every setting travels in the startup packet
            "logServerErrorDetail", "false"); // DETAIL and CONTEXT hold values of rows

    private static final String SOCKET_FACTORY = "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

    private final ConnectionSettings settings;

    private Connector(ConnectionSettings settings) {
        this.settings = settings;
    }

    /** What a URL says, completed as libpq does from the surroundings; {@code user} for a URL that names none. */
    public static Connector at(String url, Optional<String> user, Surroundings surroundings) {
        UrlParser.Parts parts = UrlParser.parse(url);
        if (user.isPresent() && !parts.user().isEmpty() && !parts.user().equals(user.get())) {
            throw new InvalidDatabaseUrlException("The database URL names the user \"" + parts.user() + "\", and \""
                    + user.get() + "\" was given beside it. Name one of them.");
        }
        return new Connector(completed(parts, user, parts.password().or(surroundings::password), surroundings));
    }

    /** What a URL says, with this user and password. */
    public static Connector at(String url, String user, String password, Map<String, String> parameters) {
        UrlParser.Parts parts = UrlParser.parse(url);
        UrlParser.Parts all = new UrlParser.Parts(
                parts.hosts(),
                parts.database(),
                user.isEmpty() ? parts.user() : user,
                Optional.of(password).filter(text -> !text.isEmpty()).or(parts::password),
                parts.passFile(),
                ConnectionSettings.merged(parts.parameters(), parameters));
        return new Connector(completed(all, Optional.empty(), all.password(), Surroundings.none()));
    }

    /** What DATABASE_URL and the PG variables say. */
    public static Connector fromEnvironment(Surroundings surroundings) {
        Optional<String> url = surroundings.variable("DATABASE_URL");
        if (url.isPresent()) {
            return at(url.get(), Optional.empty(), surroundings);
        }
        if (List.of("PGHOST", "PGDATABASE", "PGPORT", "PGUSER").stream()
                .noneMatch(name -> surroundings.variable(name).isPresent())) {
            throw new InvalidDatabaseUrlException("The environment names no database: neither DATABASE_URL nor PGHOST,"
                    + " PGPORT, PGUSER or PGDATABASE is set. Set DATABASE_URL=postgresql://user@host:5432/database.");
        }
        return at("postgresql://", Optional.empty(), surroundings);
    }

    private static ConnectionSettings completed(
            UrlParser.Parts parts, Optional<String> user, Optional<String> password, Surroundings surroundings) {
        String effectiveUser = parts.user().isEmpty()
                ? user.or(() -> surroundings.variable("PGUSER")).orElse(surroundings.systemUser())
                : parts.user();
        String database = parts.database().isEmpty()
                ? surroundings.variable("PGDATABASE").orElse(effectiveUser)
                : parts.database();
        return new ConnectionSettings(
                parts.hosts().isEmpty() ? hosts(surroundings) : parts.hosts(),
                database,
                effectiveUser,
                password,
                ConnectionSettings.merged(LibpqParameters.fromEnvironment(surroundings), parts.parameters()),
                surroundings.variables().isEmpty() && parts.passFile().isEmpty()
                        ? PassFile.none()
                        : surroundings.passFile(parts.passFile()));
    }

    private static List<Host> hosts(Surroundings surroundings) {
        String port = surroundings.variable("PGPORT").orElse(Integer.toString(Host.DEFAULT_PORT));
        return surroundings
                .variable("PGHOST")
                .orElse("localhost")
                .lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(name -> new Host(name, Host.port(port)))
                .toList();
    }

    @Override
    public String name() {
        return settings.database();
    }

    @Override
    public String location() {
        return settings.location();
    }

    @Override
    public Connection connect() {
        return connect("");
    }

    @Override
    public Connection connect(String purpose) {
        return connect(properties(purpose));
    }

    /** A session that can have a replication slot and run SQL by the simple protocol (PostgreSQL docs, 55.4). */
    public Connection connectToReplicate(String purpose) {
        Properties properties = properties(purpose);
        properties.put("replication", "database");
        properties.put("preferQueryMode", "simple");
        return connect(properties);
    }

    private Connection connect(Properties properties) {
        try {
            Connection connection = new Driver().connect(url(), properties);
            if (connection == null) {
                throw new IllegalStateException("pgjdbc doesn't take its own URL for " + location());
            }
            return connection;
        } catch (SQLException e) {
            throw ConnectFailure.explain(settings, e);
        }
    }

    private String url() {
        Host first = settings.hosts().get(0);
        String authority = first.isSocket()
                ? "localhost:" + first.port()
                : settings.hosts().stream().map(Host::toString).collect(Collectors.joining(","));
        return "jdbc:postgresql://" + authority + "/" + URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
    }

    private Properties properties(String purpose) {
        Map<String, String> all = new LinkedHashMap<>(ConnectionSettings.merged(DEFAULTS, settings.parameters()));
        all.put("user", settings.user());
        all.put("ApplicationName", applicationName(purpose));
        settings.effectivePassword().ifPresent(password -> all.put("password", password));
        Host first = settings.hosts().get(0);
        if (first.isSocket()) {
            requireSocketLibrary(first);
            all.put("socketFactory", SOCKET_FACTORY);
            all.put("socketFactoryArg", first.socketFile());
            all.put("sslmode", "disable"); // the server never offers TLS on a socket
            all.put("gssEncMode", "disable");
            all.put("tcpKeepAlive", "false");
        }
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private static void requireSocketLibrary(Host host) {
        try {
            Class.forName(SOCKET_FACTORY);
        } catch (ClassNotFoundException e) {
            throw new InvalidDatabaseUrlException("The database is reached by the Unix socket in " + host.name()
                    + ", for which Java needs junixsocket. Add com.kohlschutter.junixsocket:junixsocket-core (type pom) to the"
                    + " class path, or name a host and port.");
        }
    }

    private String applicationName(String purpose) {
        String own = purpose.isEmpty() ? "belay" : "belay " + purpose;
        String given =
                settings.parameter("ApplicationName").map(name -> name + " ").orElse("");
        int room = Math.max(0, LONGEST_NAME - own.length());
        return (given.length() > room ? given.substring(0, room) : given) + own;
    }

    @Override
    public Connector named(String name) {
        return new Connector(settings.named(name));
    }

    @Override
    public Map<String, String> clientEnvironment() {
        Map<String, String> variables = LibpqParameters.toEnvironment(settings);
        variables.put("PGHOST", settings.hosts().stream().map(Host::name).collect(Collectors.joining(",")));
        variables.put(
                "PGPORT",
                settings.hosts().stream()
                        .map(host -> Integer.toString(host.port()))
                        .collect(Collectors.joining(",")));
        variables.put("PGUSER", settings.user());
        variables.put("PGDATABASE", settings.database());
        variables.putIfAbsent("PGCONNECT_TIMEOUT", "10");
        variables.put("PGAPPNAME", applicationName(""));
        settings.effectivePassword().ifPresent(password -> variables.put("PGPASSWORD", password));
        return Map.copyOf(variables);
    }

    /** User and location, without the password. */
    @Override
    public String toString() {
        return settings.toString();
    }

    /** Equal settings, password included. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Connector connector && connector.settings.equals(settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }
}
