package dev.belay.cli;

import dev.belay.Environment;
import dev.belay.layout.Layout;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the options, the environment variables and the defaults say together, in this order. */
final class Settings {
    private static final Set<String> LATER_LAYOUTS = Set.of("liquibase", "sqitch");

    private static final String ALEMBIC = "alembic";

    private final GlobalOptions options;
    private final Map<String, String> variables;

    Settings(GlobalOptions options, Map<String, String> variables) {
        this.options = options;
        this.variables = Map.copyOf(variables);
    }

    /** Refuses what is wrong in itself, whether the command needs it or not. */
    void check() {
        requireKnownLayout();
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
        Path directory = existingDirectory();
        String name = layout();
        if (name.equals("auto")) {
            return detected(directory);
        }
        if (name.equals(ALEMBIC)) {
            return Alembic.in(directory);
        }
        return Layouts.named(name)
                .map(layout -> Layouts.in(directory, layout))
                .orElseGet(() -> Revisions.in(directory));
    }

    private String layout() {
        return Objects.requireNonNullElse(options.layout, "auto");
    }

    private void requireKnownLayout() {
        String name = layout();
        if (LATER_LAYOUTS.contains(name)) {
            throw new UsageException("--layout " + name + " is not available in this version; there are " + names());
        }
        if (!Set.of("auto", "belay", ALEMBIC).contains(name)
                && Layouts.named(name).isEmpty()) {
            throw new UsageException("--layout " + name + " is unknown; there are " + names());
        }
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

    private static RevisionSource detected(Path directory) {
        List<Layout> found = Layouts.recognising(directory);
        boolean alembic = Alembic.isIn(directory);
        if (found.size() + (alembic ? 1 : 0) > 1) {
            Stream<String> candidates =
                    Stream.concat(found.stream().map(Layout::name), alembic ? Stream.of(ALEMBIC) : Stream.empty());
            throw new UsageException("The directory " + directory + " could have the layouts "
                    + candidates.collect(Collectors.joining(" and "))
                    + ". Nothing was touched. Name one with --layout.");
        }
        if (alembic) {
            return Alembic.in(directory);
        }
        return found.isEmpty() ? Revisions.in(directory) : Layouts.in(directory, found.get(0));
    }

    private static String names() {
        return Stream.concat(
                                Stream.of("auto", "belay", ALEMBIC),
                                Layouts.all().stream().map(Layout::name))
                        .collect(Collectors.joining(", "))
                + ".";
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
