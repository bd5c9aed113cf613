package dev.belay.postgres.flyway;

import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionResult;
import dev.belay.engine.UnsettledHistoryException;
import dev.belay.layout.FlywayProperties;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.postgres.history.HistoryTables;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.SafeError;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Flyway itself as the engine of a plan: {@code plan.engine(FlywayEngine.of(configuration))}. An existing configuration is taken as it
 * is, with migrations in Java, callbacks, placeholders and all; its data source is the database that the plan is for, and in the
 * test run Flyway is connected to the copy instead. All other stages are Belay's.
 *
 * <p>Needs {@code flyway-core} and {@code flyway-database-postgresql}, 10 to 12, which the application brings along. Leaves behind
 * what Flyway leaves behind. Thread-safe as long as nobody changes the configuration.
 *
 * <p>Limitations:
 * <ul>
 *   <li>Flyway commits each migration by itself, and its community edition undoes nothing: what was committed is taken back by a
 *       restore;
 *   <li>code that opens connections of its own, instead of taking Flyway's, changes the real database in the test run too;
 *   <li>Flyway runs repeatable migrations with each target; baseline migrations are no targets;
 *   <li>no SQL can be written beforehand.
 * </ul>
 *
 * @since 0.1
 */
public final class FlywayEngine extends ToolEngine {
    private final Configuration configuration;
    private final HistoryTable history;

    private FlywayEngine(Configuration configuration) {
        this.configuration = configuration;
        Map<String, String> settings = new HashMap<>();
        settings.put(FlywayProperties.TABLE, configuration.getTable());
        Optional.ofNullable(configuration.getDefaultSchema())
                .or(() -> List.of(configuration.getSchemas()).stream().findFirst())
                .ifPresent(schema -> settings.put(FlywayProperties.DEFAULT_SCHEMA, schema));
        this.history = HistoryTables.of("flyway", settings);
    }

    /**
     * Flyway as it is configured.
     *
     * @param configuration a {@link FluentConfiguration} or another one, with the data source of the plan's database
     */
    @SuppressWarnings("exports") // who has the configuration has Flyway
    public static FlywayEngine of(Configuration configuration) {
        return new FlywayEngine(Objects.requireNonNull(configuration, "configuration"));
    }

    @Override
    public String describe() {
        return "Flyway";
    }

    @Override
    protected RevisionGraph read() {
        return FlywayRevisions.read(configuration);
    }

    @Override
    protected List<String> applied(Connection connection, RevisionGraph graph) throws SQLException {
        EngineState state = history.state(connection, () -> graph);
        state.failed().ifPresent(mark -> {
            throw new UnsettledHistoryException(mark, "Flyway refuses to go on.");
        });
        return state.ids();
    }

    @Override
    protected Set<String> tables(Connection connection) throws SQLException {
        return history.tables(connection);
    }

    @Override
    protected List<RevisionResult> runSteps(Route route, EngineContext context) {
        if (route.direction() == Direction.DOWN) {
            throw new FlywayFailedException(
                    route.steps().get(0),
                    "Flyway's community edition undoes nothing. Nothing was changed. Restore a backup.",
                    null);
        }
        return migrate(route.steps(), context, false);
    }

    private List<RevisionResult> migrate(List<String> steps, EngineContext context, boolean record) {
        Watch watch = new Watch(context);
        FluentConfiguration own = Flyway.configure(configuration.getClassLoader())
                .configuration(configuration)
                .dataSource(new RunConnections(() -> connect(context)))
                .target(target(steps))
                .skipExecutingMigrations(record);
        own.callbacks(watch.beside(own.getCallbacks()));
        try {
            own.load().migrate();
        } catch (FlywayException e) {
            context.cancellation().check();
            throw failed(steps, watch, context, e);
        }
        return watch.results();
    }

    private FlywayFailedException failed(
            List<String> steps, Watch watch, EngineContext context, FlywayException failure) {
        String revision = watch.running().orElse(steps.get(0));
        // Flyway's own words hold the statement with its values
        Optional<SQLException> cause = SafeError.behind(failure);
        String words = cause.map(sql -> SafeError.describe(sql, ""))
                .orElse(watch.running().isPresent() ? "its code threw" : String.valueOf(failure.getMessage()));
        return new FlywayFailedException(
                revision,
                "Flyway failed at revision " + revision + " on "
                        + context.database().location() + ": " + words + ". What it had committed before stays: "
                        + watch.results().size() + " of " + steps.size() + " revisions.",
                cause.<Throwable>map(sql -> SafeError.sanitized(sql, "")).orElse(null));
    }

    /** The last version; repeatable ones run with each. */
    private MigrationVersion target(List<String> steps) {
        return steps.stream()
                .map(latest()::find)
                .map(revision -> revision.properties().getOrDefault(FlywayProperties.VERSION, ""))
                .filter(version -> !version.isEmpty())
                .reduce((first, second) -> second)
                .map(MigrationVersion::fromVersion)
                .orElse(MigrationVersion.CURRENT);
    }

    @Override
    public void script(Route route, EngineState state, Appendable out) throws IOException {
        if (!route.isEmpty()) {
            throw new FlywayFailedException(
                    route.steps().get(0),
                    "Flyway's community edition writes no SQL beforehand. Nothing was changed. The test run shows what it does.",
                    null);
        }
    }

    @Override
    public void stamp(Target target, EngineContext context) throws SQLException {
        RevisionGraph graph = graph();
        EngineState state = state(context.database());
        Route route = graph.up(target, state.applied());
        if (!route.isEmpty()) {
            context.checkLock();
            migrate(route.steps(), context, true);
        }
    }
}
