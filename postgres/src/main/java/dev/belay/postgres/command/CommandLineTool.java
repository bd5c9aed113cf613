package dev.belay.postgres.command;

import dev.belay.database.Database;
import dev.belay.engine.EngineSource;
import dev.belay.engine.MigrationEngine;
import dev.belay.postgres.command.KnownRevisions.InFiles;
import dev.belay.postgres.command.KnownRevisions.Listed;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Any tool that applies its own revisions by a command: it runs on the copy in the test run, and then on the database.
 *
 * <p>Belay tells the command the database in the variable {@code DATABASE_URL} (or {@link Builder#variable another}) and in libpq's
 * variables, never in its arguments; lock and statement timeout of the run reach its sessions by {@code PGOPTIONS}, where the
 * driver takes them. Revisions are one after the other, and what is applied is read from the tool's own table. After each
 * command it is looked there whether it did what it was told.
 *
 * <p>In the words of a command for up and down stands
 * <ul>
 *   <li>{@code {revision}} for the revision that is to be run: the command is run once for each;
 *   <li>{@code {to}} for the revision that is to be the last applied one afterwards, or {@link Builder#base};
 *   <li>{@code {count}} for how many are to be run.
 * </ul>
 * Without any of them, a command for up has to apply all that is pending, and one for down to take back the last one.
 *
 * <p>Limitations: the tool writes no SQL beforehand, and its history can't be stamped. It is taken that it may commit in the middle, so
 * that a failed run is undone by its downgrades, else by a restore. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class CommandLineTool implements EngineSource {
    private final ToolCommands tool;

    private CommandLineTool(ToolCommands tool) {
        this.tool = tool;
    }

    /**
     * A tool that is started in a directory.
     *
     * @param name for messages and the name of its sessions
     */
    public static Builder named(String name, Path directory) {
        if (!name.matches("[\\w.-]{1,30}")) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\"; it has 1 to 30 letters, digits, dots, dashes and underscores");
        }
        return new Builder(name, directory.toAbsolutePath().normalize());
    }

    @Override
    public List<Revision> load() {
        List<Revision> revisions = new ArrayList<>();
        List<String> parents = List.of();
        for (KnownRevisions.Known known : tool.known().of(tool)) {
            Change down = tool.downgrade().isEmpty()
                    ? new Change.Irreversible("no command of " + tool.name() + " was given that takes it back")
                    : Change.Code.runBy(tool.name());
            revisions.add(new Revision(known.id(), parents, "", known.origin(), Change.Code.runBy(tool.name()), down));
            parents = List.of(known.id());
        }
        return revisions;
    }

    @Override
    public String layout() {
        return tool.name();
    }

    @Override
    public String describe() {
        return tool.name() + " in " + tool.directory();
    }

    @Override
    public MigrationEngine engine(Database home) {
        return new CommandEngine(this, tool);
    }

    @Override
    public String toString() {
        return describe();
    }

    /** What is said about a tool; not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Path directory;
        private KnownRevisions known = new Listed(List.of());
        private String table = "";
        private String applied = "";
        private List<String> upgrade = List.of();
        private List<String> downgrade = List.of();
        private List<String> check = List.of();
        private String base = "0";
        private String variable = "DATABASE_URL";
        private String scheme = "postgresql";
        private final Map<String, String> environment = new LinkedHashMap<>();

        private Builder(String name, Path directory) {
            this.name = name;
            this.directory = directory;
        }

        /**
         * The revisions are files, in the order of their names.
         *
         * @param folder where they lie, from the tool's directory
         * @param pattern of the whole file name, whose first group is the id as the tool's table has it
         */
        public Builder revisionsInFiles(Path folder, String pattern) {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.matcher("").groupCount() < 1) {
                throw new IllegalArgumentException("pattern has no group for the id: " + pattern);
            }
            known = new InFiles(directory.resolve(folder), compiled);
            return this;
        }

        /** The revisions are the lines that a command prints, in their order; it is told no database. */
        public Builder revisionsListedBy(String... command) {
            known = new Listed(words("revisionsListedBy", command));
            return this;
        }

        /**
         * Where the tool records what is applied; a table that isn't there counts as empty.
         *
         * @param historyTable as it is written in SQL
         * @param query for one column, the applied ids in their order
         */
        public Builder applied(String historyTable, String query) {
            table = Objects.requireNonNull(historyTable, "historyTable");
            applied = Objects.requireNonNull(query, "query");
            return this;
        }

        /** The command that applies revisions, with placeholders. */
        public Builder upgrade(String... command) {
            upgrade = words("upgrade", command);
            return this;
        }

        /** The command that takes revisions back, with placeholders; without one they are irreversible. */
        public Builder downgrade(String... command) {
            downgrade = words("downgrade", command);
            return this;
        }

        /**
         * A command that only reads, as {@code status} mostly, and fails where the database isn't there. Before anything else it has to
         * succeed with the database, and to fail with the name of one that doesn't exist: a tool that takes the address from elsewhere
         * would change the real database in a test run. It may make the tool's empty history table.
         */
        public Builder check(String... command) {
            check = words("check", command);
            return this;
        }

        /** What the tool calls the state before the first revision, for {@code {to}}; the default is {@code 0}. */
        public Builder base(String word) {
            base = Objects.requireNonNull(word, "word");
            return this;
        }

        /** The variable that holds the database's URL; the default is {@code DATABASE_URL}. */
        public Builder variable(String newName) {
            variable = Objects.requireNonNull(newName, "newName");
            return this;
        }

        /** How the URL begins; the default is {@code postgresql}. */
        public Builder scheme(String newScheme) {
            scheme = Objects.requireNonNull(newScheme, "newScheme");
            return this;
        }

        /** A variable for the commands. They have those of this process besides, but no password. */
        public Builder environment(String newName, String value) {
            environment.put(newName, value);
            return this;
        }

        private static List<String> words(String method, String... command) {
            if (command.length == 0 || command[0].isBlank()) {
                throw new IllegalArgumentException(method + " was given no command");
            }
            return List.of(command);
        }

        /**
         * The tool.
         *
         * @throws IllegalStateException when revisions, what is applied, the way up or the check are missing
         */
        public CommandLineTool build() {
            if (known instanceof Listed listed && listed.command().isEmpty()
                    || applied.isEmpty()
                    || upgrade.isEmpty()
                    || check.isEmpty()) {
                throw new IllegalStateException("CommandLineTool \"" + name + "\" lacks one of revisionsInFiles or"
                        + " revisionsListedBy, applied, upgrade and check: all are needed");
            }
            return new CommandLineTool(new ToolCommands(
                    name,
                    directory,
                    known,
                    table,
                    applied,
                    upgrade,
                    downgrade,
                    check,
                    base,
                    variable,
                    scheme,
                    environment));
        }
    }
}
