package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.Script;
import dev.belay.revision.SectionedFile;
import dev.belay.revision.SectionedFile.Section;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MyBatis Migrations (FileMigrationLoader, MigrationReader): {@code scripts/<id>_<description>.sql} with a way back behind the
 * line {@code -- //@UNDO}, and the variables of {@code environments/<environment>.properties}.
 */
final class Mybatis implements Layout {
    private static final Pattern NAME = Pattern.compile("([0-9]+)(?:_(.*))?\\.sql");
    private static final Pattern UNDO = Pattern.compile("[ \\t]*(?:--|//)[ \\t]*//[ \\t]*@UNDO.*");
    private static final Pattern HALF_UNDO = Pattern.compile("(?i)[ \\t]*(?:--|//).*@undo\\b.*");
    private static final Pattern DELIMITER = Pattern.compile("(?i)\\s*(?:--|//)?\\s*(?://)?\\s*@DELIMITER\\s+\\S+.*");

    private final String environment;

    Mybatis(String environment) {
        this.environment = Objects.requireNonNull(environment, "environment");
    }

    @Override
    public String name() {
        return "mybatis";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        Path scripts = scripts(directory);
        boolean environments = Files.isDirectory(environments(directory));
        List<Numbered.Named> files = Numbered.files(scripts, NAME);
        return !files.isEmpty()
                && (environments
                        || SectionedFile.read(
                                                files.get(0).path(),
                                                line -> UNDO.matcher(line).matches())
                                        .size()
                                > 1);
    }

    /** The base directory holds the scripts; the scripts' own directory is taken too. */
    private static Path scripts(Path directory) {
        Path scripts = directory.resolve("scripts");
        return Files.isDirectory(scripts) ? scripts : directory;
    }

    private static Path environments(Path directory) {
        return scripts(directory).resolveSibling("environments");
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        MybatisSettings settings = MybatisSettings.of(environments(directory), environment);
        List<Migration> migrations = new ArrayList<>();
        for (Path path : Numbered.entries(scripts(directory))) {
            String file = Disk.name(path);
            Matcher name = NAME.matcher(file);
            if (name.matches()) {
                String description = name.group(2) == null ? "" : name.group(2).replace('_', ' ');
                migrations.add(migration(Numbered.plain(name.group(1)), description, path, settings));
            } else if (file.endsWith(".sql") && !file.equals("bootstrap.sql") && !file.equals("onabort.sql")) {
                throw new MalformedRevisionException(
                        path.toString(), 1, "its name begins with no number: MyBatis reads its id there. Rename it.");
            }
        }
        return Numbered.inOrder(migrations, Numbered.BY_NUMBER);
    }

    private static Migration migration(String id, String description, Path path, MybatisSettings settings) {
        AtomicInteger number = new AtomicInteger();
        AtomicBoolean undo = new AtomicBoolean();
        AtomicBoolean rewritten = new AtomicBoolean();
        List<Section> sections = SectionedFile.read(path, line -> {
            int at = number.incrementAndGet();
            if (UNDO.matcher(line).matches()) {
                return undo.compareAndSet(false, true);
            }
            check(path, at, line);
            if (settings.rewrites(line)) {
                rewritten.set(true);
            }
            return false;
        });
        return new Migration(
                id,
                description,
                path,
                change(sections.get(0).script(), settings, rewritten.get()),
                sections.size() > 1
                        ? change(sections.get(1).script(), settings, rewritten.get())
                        : new Change.Irreversible("it has no line \"-- //@UNDO\""));
    }

    private static void check(Path path, int line, String text) {
        if (HALF_UNDO.matcher(text).matches()) {
            throw new MalformedRevisionException(
                    path.toString(),
                    line,
                    "\"" + text.strip()
                            + "\" looks like \"-- //@UNDO\" and isn't, so that MyBatis runs what is behind it"
                            + " as the way up. Correct it, or word the comment in another way.");
        }
        if (DELIMITER.matcher(text).matches()) {
            throw new MalformedRevisionException(
                    path.toString(),
                    line,
                    "the annotation @DELIMITER is not known here: statements end with a semicolon, and the body of a"
                            + " function is quoted by dollars. Rewrite it so.");
        }
    }

    private static Change change(Script script, MybatisSettings settings, boolean rewritten) {
        return new Change.Sql(rewritten ? settings.rewrite(script) : script, !settings.autoCommit());
    }
}
