package dev.belay.cli;

import dev.belay.Environment;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the options, the environment variables and the defaults say together, in this order. */
final class Settings {
    private final GlobalOptions options;
    private final Map<String, String> variables;

    Settings(GlobalOptions options, Map<String, String> variables) {
        this.options = options;
        this.variables = Map.copyOf(variables);
    }

    /** Refuses what is wrong in itself, whether the command needs it or not. */
    void check() {
        layout().check();
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
    RevisionSource revisions() {
        return layout().source(existingDirectory());
    }

    private LayoutOption layout() {
        return new LayoutOption(Objects.requireNonNullElse(options.layout, LayoutOption.AUTO));
    }

    /** The revisions on disk, to which one is to be added: only Belay's own layout is written. */
    RevisionGraph ownGraph() {
        RevisionSource source = revisions();
        if (!source.layout().equals("belay")) {
            throw new UsageException(directory() + " has the layout " + source.layout()
                    + "; only revisions of the layout belay are written here. Nothing was touched."
                    + " Write the new one with " + source.layout() + ".");
        }
        return RevisionGraph.of(source.load());
    }

    private Path existingDirectory() {
        Path directory = directory();
        if (!Files.isDirectory(directory)) {
            throw new UsageException("The directory of revisions " + directory
                    + (Files.exists(directory) ? " is no directory." : " does not exist.")
                    + " Nothing was touched. Give --revisions DIR, or begin with: belay new MESSAGE");
        }
        return directory;
    }

    RevisionGraph graph() {
        return RevisionGraph.of(revisions().load());
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
