package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.SectionedFile;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * diesel (diesel_migrations/src/file_based_migrations.rs): a directory {@code <version>_<name>} for each migration, with
 * {@code up.sql}, where there is a way back {@code down.sql}, and {@code metadata.toml} where it has no transaction.
 */
final class Diesel implements Layout {
    private static final Pattern NAME = Pattern.compile("([0-9][0-9-]*)(?:_(.*))?");
    private static final Pattern NO_TRANSACTION =
            Pattern.compile("(?m)^\\s*run_in_transaction\\s*=\\s*(true|false)\\s*(?:#.*)?$");

    @Override
    public String name() {
        return "diesel";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        return Numbered.entries(directory).stream().anyMatch(Diesel::isMigration);
    }

    private static boolean isMigration(Path path) {
        return NAME.matcher(Disk.name(path)).matches() && Files.isRegularFile(path.resolve("up.sql"));
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        List<Migration> migrations = new ArrayList<>();
        for (Path path : Numbered.entries(directory)) {
            Matcher name = NAME.matcher(Disk.name(path));
            if (Files.isDirectory(path) && name.matches()) {
                if (!isMigration(path)) {
                    throw new MalformedRevisionException(path.toString(), 1, "it has no up.sql. Add it.");
                }
                String description = name.group(2) == null ? "" : Numbered.words(name.group(2));
                migrations.add(migration(name.group(1).replace("-", ""), description, path));
            }
        }
        return Numbered.inOrder(migrations, Comparator.naturalOrder());
    }

    private static Migration migration(String version, String description, Path path) throws IOException {
        boolean transactional = transactional(path.resolve("metadata.toml"));
        Path down = path.resolve("down.sql");
        return new Migration(
                version,
                description,
                path.resolve("up.sql"),
                new Change.Sql(SectionedFile.whole(path.resolve("up.sql")), transactional),
                Files.isRegularFile(down)
                        ? new Change.Sql(SectionedFile.whole(down), transactional)
                        : new Change.Irreversible("it has no down.sql"));
    }

    private static boolean transactional(Path metadata) throws IOException {
        if (!Files.isRegularFile(metadata)) {
            return true;
        }
        Matcher found = NO_TRANSACTION.matcher(Files.readString(metadata));
        return !found.find() || found.group(1).equals("true");
    }
}
