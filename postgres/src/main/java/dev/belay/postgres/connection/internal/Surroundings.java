package dev.belay.postgres.connection.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the process finds around it: environment variables, the home folder, the name of the operating system's user.
 *
 * @param variables the environment
 */
public record Surroundings(Map<String, String> variables, Path home, String systemUser) {
    /** Copies. */
    public Surroundings {
        variables = Map.copyOf(variables);
    }

    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(), Path.of(System.getProperty("user.home", ".")), System.getProperty("user.name", ""));
    }

    /** Nothing at all: for databases that are given completely. */
    static Surroundings none() {
        return new Surroundings(Map.of(), Path.of("."), "");
    }

    /** A variable; one that is set to nothing counts as not set, as in libpq. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> password() {
        return variable("PGPASSWORD").or(() -> variable("POSTGRES_PASSWORD"));
    }

    PassFile passFile(Optional<String> explicit) {
        return new PassFile(Optional.of(
                explicit.or(() -> variable("PGPASSFILE")).map(Path::of).orElse(home.resolve(".pgpass"))));
    }

    /** Doesn't show the variables: one may be a password. */
    @Override
    public String toString() {
        return "Surroundings[home=" + home + "]";
    }
}
