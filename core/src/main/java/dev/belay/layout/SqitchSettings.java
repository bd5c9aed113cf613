package dev.belay.layout;

import dev.belay.layout.KeyValueFile.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a project's configuration says (Target.pm, Sqitch.pm): of its target, then of the engine, then of the core. */
final class SqitchSettings {
    /** What URIs call the engine (URI::pg and those that build on it). */
    private static final List<String> POSTGRES = List.of("pg", "postgres", "postgresql", "pgsql", "pgxc");

    private final Path directory;
    private final Map<String, String> environment;
    private final SqitchConfig config;
    private final String target;

    private SqitchSettings(Path directory, Map<String, String> environment, SqitchConfig config) {
        this.directory = directory;
        this.environment = environment;
        this.config = config;
        this.target = target();
    }

    /**
     * Reads them.
     *
     * @throws dev.belay.revision.MalformedRevisionException when the project is not one of PostgreSQL
     */
    static SqitchSettings of(Path directory, Map<String, String> environment) throws IOException {
        return new SqitchSettings(directory, environment, SqitchConfig.of(directory, environment));
    }

    private String target() {
        config.get("core.engine").filter(engine -> !isPostgres(engine.text())).ifPresent(engine -> {
            throw notPostgres(engine, engine.text());
        });
        String named = environment.getOrDefault("SQITCH_TARGET", "");
        String name = !named.isEmpty()
                ? named
                : Stream.of("core.target", "engine.pg.target")
                        .flatMap(key -> config.get(key).stream())
                        .findFirst()
                        .map(Value::text)
                        .orElse("db:pg:");
        config.get("target." + name + ".uri").ifPresent(uri -> {
            String[] parts = uri.text().split(":", -1);
            String engine = parts[0].equals("db") && parts.length > 1 ? parts[1] : parts[0];
            if (!isPostgres(engine)) {
                throw notPostgres(uri, engine);
            }
        });
        return name;
    }

    private static boolean isPostgres(String engine) {
        return POSTGRES.contains(engine.strip());
    }

    private static RuntimeException notPostgres(Value value, String engine) {
        return value.malformed("the engine is " + engine + "; Belay runs changes of pg, PostgreSQL, only.");
    }

    private Optional<String> fetch(String key) {
        return Stream.of("target." + target, "engine.pg", "core")
                .flatMap(section -> config.get(section + "." + key).stream())
                .findFirst()
                .map(Value::text);
    }

    private Path top() {
        return fetch("top_dir").map(directory::resolve).orElse(directory);
    }

    Path planFile() {
        return fetch("plan_file")
                .map(directory::resolve)
                .orElseGet(() -> top().resolve("sqitch.plan"))
                .normalize();
    }

    /**
     * Where scripts lie.
     *
     * @param kind deploy, revert or verify
     */
    Path scripts(String kind, boolean reworked) {
        if (!reworked) {
            return fetch(kind + "_dir").map(directory::resolve).orElseGet(() -> top().resolve(kind));
        }
        return fetch("reworked_" + kind + "_dir")
                .map(directory::resolve)
                .orElseGet(() -> fetch("reworked_dir")
                        .map(directory::resolve)
                        .orElseGet(this::top)
                        .resolve(kind));
    }

    String extension() {
        return fetch("extension").orElse("sql");
    }

    String registry() {
        return fetch("registry").orElse("sqitch");
    }

    /**
     * The variables that psql is given for scripts.
     *
     * @param kind deploy, revert or verify
     */
    Map<String, String> variables(String kind) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String section : List.of("core", "deploy", kind, "engine.pg", "target." + target)) {
            variables.putAll(config.section(section + ".variables"));
        }
        variables.put("ON_ERROR_STOP", "1");
        variables.put("registry", registry());
        return variables;
    }

    String committerName() {
        return first("SQITCH_FULLNAME", "user.name", "SQITCH_ORIG_FULLNAME").orElseGet(this::fullName);
    }

    String committerEmail() {
        return first("SQITCH_EMAIL", "user.email", "SQITCH_ORIG_EMAIL").orElseGet(() -> systemUser() + "@" + host());
    }

    private Optional<String> first(String variable, String key, String otherwise) {
        return Stream.of(
                        Optional.ofNullable(environment.get(variable)),
                        config.get(key).map(Value::text),
                        Optional.ofNullable(environment.get(otherwise)))
                .flatMap(Optional::stream)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private String systemUser() {
        return Optional.ofNullable(environment.get("SQITCH_ORIG_SYSUSER"))
                .filter(user -> !user.isEmpty())
                .orElseGet(() -> System.getProperty("user.name", ""));
    }

    /** What the system's own list calls the user. */
    private String fullName() {
        String user = systemUser();
        return lines(Path.of("/etc/passwd"))
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 4 && fields[0].equals(user))
                .map(fields -> fields[4])
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(user);
    }

    private String host() {
        return lines(Path.of("/proc/sys/kernel/hostname"))
                .findFirst()
                .or(() -> Optional.ofNullable(environment.get("HOSTNAME")))
                .or(() -> Optional.ofNullable(environment.get("COMPUTERNAME")))
                .orElse("localhost");
    }

    /** Of a file that not every system has. */
    private static Stream<String> lines(Path file) {
        try {
            return Files.isReadable(file)
                    ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
