package dev.belay.postgres.liquibase;

import dev.belay.database.Database;
import dev.belay.engine.EngineSource;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A changelog of Liquibase, in whatever format Liquibase reads: formatted SQL, XML, YAML, JSON. Liquibase itself, as a library, runs
 * the changesets on the copy and on the database, over Belay's connections; its tables, checksums and lock are its own.
 *
 * <p>Needs {@code org.liquibase:liquibase-core} 4.33 on the class path; Belay doesn't bring it. Each changeset is a revision, whose
 * id is what Liquibase calls it, {@code file::id::author}, with {@code %} and the hexadecimal code for spaces, quotes, commas and
 * semicolons. Those that contexts, labels or {@code dbms} leave out aren't there. A changeset with {@code runOnChange} whose
 * text changed is pending again, and irreversible; one with {@code runAlways} runs whenever others run. A changeset for which Liquibase has no
 * rollback is irreversible. Liquibase commits after each changeset.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class LiquibaseChangelog implements EngineSource {
    private final Changelog changelog;

    private LiquibaseChangelog(Changelog changelog) {
        this.changelog = changelog;
    }

    /**
     * The changelog that a directory speaks of: a {@code liquibase.properties} in it names the file, and as far as they are there
     * {@code searchPath} (one directory, relative to it), {@code contexts}, {@code labelFilter} and {@code parameter.*}. Else it is the one
     * with a usual name, such as {@code db.changelog-master.yaml} or {@code changelog.sql}, in the directory or in its {@code
     * db/changelog}; else the only one directly in the directory. Other properties, such as the URL and the password, aren't read.
     *
     * @param directory below which Liquibase looks for files
     * @throws dev.belay.revision.RevisionException when there is none, when there are several, or when a property asks for another
     *     schema or another table of the history
     */
    public static LiquibaseChangelog in(Path directory) {
        return new LiquibaseChangelog(LiquibaseProject.find(directory));
    }

    /** Whether a directory is one that {@link #in(Path)} can find a changelog in. */
    public static boolean isIn(Path directory) {
        return LiquibaseProject.isIn(directory);
    }

    /**
     * A changelog.
     *
     * @param directory below which Liquibase looks for files
     * @param file the root changelog, relative to the directory, as Liquibase has always been told it: the path is a part of each
     *     changeset's identity
     */
    public static LiquibaseChangelog in(Path directory, String file) {
        return new LiquibaseChangelog(new Changelog(
                Objects.requireNonNull(directory, "directory"),
                Objects.requireNonNull(file, "file"),
                "",
                "",
                Map.of()));
    }

    /** The contexts, as Liquibase's {@code --contexts}; the default is none given, which runs everything. */
    public LiquibaseChangelog contexts(String contexts) {
        return new LiquibaseChangelog(new Changelog(
                changelog.directory(), changelog.file(), contexts, changelog.labels(), changelog.parameters()));
    }

    /** The labels, as Liquibase's {@code --label-filter}; the default is none given, which runs everything. */
    public LiquibaseChangelog labels(String labels) {
        return new LiquibaseChangelog(new Changelog(
                changelog.directory(), changelog.file(), changelog.contexts(), labels, changelog.parameters()));
    }

    /** A value for {@code ${name}} in the changelog. */
    public LiquibaseChangelog parameter(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(changelog.parameters());
        parameters.put(name, value);
        return new LiquibaseChangelog(new Changelog(
                changelog.directory(), changelog.file(), changelog.contexts(), changelog.labels(), parameters));
    }

    @Override
    public List<Revision> load() {
        return changelog.revisions();
    }

    @Override
    public String layout() {
        return "liquibase";
    }

    @Override
    public String describe() {
        return "Liquibase, " + changelog.directory().resolve(changelog.file());
    }

    @Override
    public MigrationEngine engine(Database home) {
        return new LiquibaseEngine(changelog, home);
    }

    /**
     * {@inheritDoc} Liquibase makes the SQL of each changeset offline. Refused are changesets with preconditions (but those on {@code dbms}),
     * {@code failOnError=false} or another {@code runWith}, and changes that need a database or run code.
     */
    @Override
    public RevisionSource asSql() {
        return new LiquibaseSql(changelog);
    }

    @Override
    public String toString() {
        return describe();
    }
}
