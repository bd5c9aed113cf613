package dev.belay.postgres.alembic;

import dev.belay.context.Cancellation;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProcess.OutputReader;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ClientProgram;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Runs Alembic's command against one database. */
final class AlembicProcess {
    private final AlembicProject project;
    private final PostgresEndpoint database;
    private final String session;
    private final List<String> options = new ArrayList<>();

    /** Its sessions are shown under an application name. */
    AlembicProcess(AlembicProject project, PostgresEndpoint database, String session) {
        this.project = project;
        this.database = database;
        this.session = session;
        // A killed client is noticed in the middle of a statement.
        option("client_connection_check_interval", Duration.ofSeconds(1));
    }

    /** Limits that each session begins with. */
    AlembicProcess limits(Duration lockTimeout, Duration statementTimeout) {
        option("lock_timeout", lockTimeout);
        option("statement_timeout", statementTimeout);
        return this;
    }

    private void option(String name, Duration value) {
        options.add("-c " + name + "=" + value.toMillis());
    }

    /**
     * Runs a command to its end.
     *
     * @param lines told each line of its error output
     * @throws ClientProcessException when it fails or can't be started
     */
    void run(List<String> arguments, Consumer<String> lines, OutputReader output, Cancellation cancellation) {
        List<String> all = new ArrayList<>(List.of("-c", project.configuration().toString()));
        all.addAll(arguments);
        ClientProcess process = ClientProcess.of(new ClientProgram("alembic", project.program(), "", 1), all)
                .connectedTo(database)
                .in(project.home())
                .with("PGAPPNAME", session)
                .with("PGOPTIONS", String.join(" ", options))
                .with("PYTHONIOENCODING", "UTF-8")
                .with(project.variable(), url())
                .onErrorLine(lines)
                .output(output);
        project.environment().forEach(process::with);
        process.run(cancellation);
    }

    /** In the form that SQLAlchemy and libpq understand. It holds the password and goes nowhere but into the environment. */
    private String url() {
        Map<String, String> at = new LinkedHashMap<>(database.clientEnvironment());
        String driver = project.driver().isEmpty() ? "" : "+" + project.driver();
        StringBuilder url =
                new StringBuilder("postgresql").append(driver).append("://").append(encoded(at, "PGUSER"));
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

    private static String encoded(Map<String, String> variables, String name) {
        return URLEncoder.encode(Objects.requireNonNullElse(variables.get(name), ""), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
