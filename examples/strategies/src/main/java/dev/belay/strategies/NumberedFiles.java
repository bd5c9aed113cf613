package dev.belay.strategies;

// tag::source[]
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Revisions as pairs of files, one after the other: {@code 0001_name.up.sql} and {@code 0001_name.down.sql}. */
public record NumberedFiles(Path directory) implements RevisionSource {
    private static final String UP = ".up.sql";

    @Override
    public List<Revision> load() {
        List<Revision> revisions = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path up :
                    files.filter(file -> file.toString().endsWith(UP)).sorted().toList()) {
                String name = up.getFileName().toString().replace(UP, "");
                Path down = up.resolveSibling(name + ".down.sql");
                List<String> parents = revisions.isEmpty()
                        ? List.of()
                        : List.of(revisions.get(revisions.size() - 1).id());
                revisions.add(new Revision(
                        name.substring(0, name.indexOf('_')),
                        parents,
                        name.substring(name.indexOf('_') + 1).replace('_', ' '),
                        up.toString(),
                        sql(up),
                        sql(down)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return revisions;
    }

    private static Change sql(Path file) throws IOException {
        return new Change.Sql(Script.ofText(file.toString(), Files.readString(file)), true);
    }
}
// end::source[]
