package dev.belay.cli;

import dev.belay.Environment;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Revisions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the options, the environment variables and the defaults say together, in this order. */
final class Settings {
    private static final Set<String> LATER_LAYOUTS = Set.of(
            "flyway",
            "liquibase",
            "alembic",
            "prisma",
            "golang-migrate",
            "diesel",
            "dbmate",
            "goose",
            "sqitch",
            "mybatis",
            "node-pg-migrate",
            "atlas",
            "sqlx");

    private final GlobalOptions options;
    private final Map<String, String> variables;

    Settings(GlobalOptions options, Map<String, String> variables) {
        this.options = options;
        this.variables = Map.copyOf(variables);
    }

    /** Refuses what is wrong in itself, whether the command needs it or not. */
    void check() {
        requireBelayLayout();
        if (options.environment != null) {
            environment();
        }
    }

    Map<String, String> variables() {
        return variables;
    }

    boolean json() {
        return options.json;
    }

    int verbosity() {
        return options.verbosity();
    }

    boolean quiet() {
        return verbosity() < 0;
    }

    boolean verbose() {
        return verbosity() > 0;
    }

    PostgresDatabase database() {
        String url = Optional.ofNullable(options.url)
                .or(() -> variable("DATABASE_URL"))
                .orElseThrow(() -> new UsageException("No database is named. Give --url URL or set DATABASE_URL,"
                        + " for instance to postgresql://user@localhost:5432/database."));
        return database(url);
    }

    /** Another database than the one that the options name. */
    PostgresDatabase database(String url) {
        return options.user == null ? PostgresDatabase.at(url) : PostgresDatabase.at(url, options.user);
    }

    Path directory() {
        return Objects.requireNonNullElse(options.revisions, Path.of("db", "revisions"));
    }

    /** The revisions on disk. */
    Revisions revisions() {
        Path directory = directory();
        if (!Files.isDirectory(directory)) {
            throw new UsageException("The directory of revisions " + directory
                    + (Files.exists(directory) ? " is no directory." : " does not exist.")
                    + " Nothing was touched. Give --revisions DIR, or begin with: belay new MESSAGE");
        }
        return Revisions.in(directory);
    }

    RevisionGraph graph() {
        return RevisionGraph.of(revisions().load());
    }

    private void requireBelayLayout() {
        String layout = Objects.requireNonNullElse(options.layout, "auto");
        if (LATER_LAYOUTS.contains(layout)) {
            throw new UsageException("--layout " + layout + " is not available in this version; belay and auto are.");
        }
        if (!layout.equals("belay") && !layout.equals("auto")) {
            throw new UsageException("--layout " + layout + " is unknown; write belay or auto.");
        }
    }

    Environment environment() {
        if (options.environment != null) {
            return environment(options.environment, "--env");
        }
        return variable("ENVIRONMENT")
                .map(name -> environment(name, "$ENVIRONMENT"))
                .orElse(Environment.PRODUCTION);
    }

    private static Environment environment(String name, String where) {
        try {
            return Environment.named(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(where + ": " + e.getMessage());
        }
    }

    Path backupDirectory() {
        return Optional.ofNullable(options.backupDirectory)
                .or(() -> variable("BACKUP_DIR").map(Path::of))
                .orElse(Path.of("backups"));
    }

    Path reportDirectory() {
        return Objects.requireNonNullElse(options.reportDirectory, Path.of("reports"));
    }

    Duration timeout() {
        return Objects.requireNonNullElse(options.timeout, Duration.ofMinutes(5));
    }

    Duration lockTimeout() {
        return Objects.requireNonNullElse(options.lockTimeout, Duration.ofSeconds(3));
    }

    /** A variable that is set to nothing counts as not set, as in libpq. */
    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
