package dev.belay.postgres.alembic;

import dev.belay.database.Database;
import dev.belay.engine.EngineSource;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An Alembic project: its Python revisions stay as they are, and Alembic's own command runs them, on the copy and on the database.
 *
 * <p>Alembic's {@code env.py} decides which database it connects to. Belay names it in the variable {@code DATABASE_URL} (or
 * {@link #variable another}), in libpq's variables ({@code PGHOST}, {@code PGDATABASE}, {@code PGPASSWORD} ...), and tries,
 * before anything is run, whether {@code env.py} follows: with the name of a database that isn't there Alembic has to fail. The
 * timeouts of a run reach its session by {@code PGOPTIONS}; drivers that don't use libpq (asyncpg) ignore them.
 *
 * <p>What is applied is read from the table {@code alembic_version}, which Alembic keeps. The graph is read from the Python files,
 * without running them: {@code revision}, {@code down_revision}, {@code depends_on} have to be literals, as Alembic writes
 * them. Several revisions that one command of Alembic runs are in one transaction as {@code env.py} says, mostly in one for all.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Alembic implements EngineSource {
    private static final String VARIABLE = "ALEMBIC_CONFIG";

    private final AlembicProject project;

    private Alembic(AlembicProject project) {
        this.project = project;
    }

    /**
     * The project in a directory: where {@code alembic.ini} is and Alembic is started, or the one with {@code env.py}, or its {@code
     * versions}. The configuration is {@code $ALEMBIC_CONFIG} where that is set, else {@code alembic.ini}; Alembic itself is {@code
     * .venv/bin/alembic} or {@code venv/bin/alembic} there, else {@code alembic} on the {@code PATH}.
     *
     * @throws dev.belay.revision.UnreadableRevisionsException when there is no configuration
     */
    public static Alembic in(Path directory) {
        return new Alembic(AlembicProject.find(
                directory, Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isEmpty())));
    }

    /**
     * The project of a configuration file; Alembic is started beside it.
     *
     * @throws dev.belay.revision.UnreadableRevisionsException when it can't be read
     */
    public static Alembic configuredBy(Path ini) {
        return new Alembic(AlembicProject.of(ini.toAbsolutePath().normalize()));
    }

    /** Whether a directory is one that {@link #in} can find a project in. */
    public static boolean isIn(Path directory) {
        return Files.isDirectory(directory)
                && (Files.exists(directory.resolve("alembic.ini"))
                        || Files.exists(directory.resolve("env.py"))
                                && Files.exists(directory.resolve("script.py.mako"))
                        || AlembicProject.isVersions(directory));
    }

    /** Another program than the one that is found, for instance that of a virtual environment. */
    public Alembic program(Path alembic) {
        return new Alembic(project.withProgram(Objects.requireNonNull(alembic, "alembic")));
    }

    /** The variable in which {@code env.py} looks for the database's URL; the default is {@code DATABASE_URL}. */
    public Alembic variable(String name) {
        return new Alembic(project.withVariable(Objects.requireNonNull(name, "name")));
    }

    /**
     * SQLAlchemy's driver, for an {@code env.py} that takes the URL as it is: {@code psycopg} makes it begin with {@code
     * postgresql+psycopg://}. By default it begins with {@code postgresql://}.
     */
    public Alembic driver(String name) {
        return new Alembic(project.withDriver(Objects.requireNonNull(name, "name")));
    }

    /** A variable for Alembic's process, for instance {@code PYTHONPATH}. It has those of this process besides, but no password. */
    public Alembic environment(String name, String value) {
        Map<String, String> variables = new LinkedHashMap<>(project.environment());
        variables.put(name, value);
        return new Alembic(project.withEnvironment(variables));
    }

    /** The table of the history, for an {@code env.py} that sets {@code version_table}; qualified where it isn't on the search path. */
    public Alembic versionTable(String table) {
        return new Alembic(project.withVersionTable(Objects.requireNonNull(table, "table")));
    }

    @Override
    public List<Revision> load() {
        return PythonRevisions.read(project);
    }

    @Override
    public String layout() {
        return "alembic";
    }

    @Override
    public String describe() {
        return "Alembic, " + project.configuration();
    }

    @Override
    public MigrationEngine engine(Database home) {
        return new AlembicEngine(project, home);
    }

    /**
     * {@inheritDoc} Alembic writes it, by {@code --sql}; {@code env.py} has to support that, and a revision that reads rows is refused. One that
     * commits in the middle ({@code autocommit_block}) is outside a transaction as a whole.
     */
    @Override
    public RevisionSource asSql() {
        return new AlembicSql(project);
    }

    @Override
    public String toString() {
        return describe();
    }
}
