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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Atlas (sql/migrate/dir.go): {@code <version>_<description>.sql} in the order of the names, with their checksums in
 * {@code atlas.sum}. Atlas has no files for the way down; where {@code down} beside has one of the same name, Belay takes it.
 */
final class Atlas implements Layout {
    private static final Pattern DIRECTIVE = Pattern.compile("\\s*(?:--|#)\\s*atlas:(\\w+)(?: +(.*?))?\\s*");

    @Override
    public String name() {
        return "atlas";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        return Files.isRegularFile(directory.resolve(Markers.ATLAS_SUM));
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : Numbered.entries(directory)) {
            if (Disk.name(path).endsWith(".sql") && Files.isRegularFile(path)) {
                files.add(path);
            }
        }
        Map<String, String> sums = AtlasSum.verified(directory.resolve(Markers.ATLAS_SUM), files);
        List<Migration> migrations = new ArrayList<>();
        for (Path file : files) {
            migrations.add(migration(file, String.valueOf(sums.get(Disk.name(file)))));
        }
        return Numbered.inOrder(migrations, Comparator.naturalOrder());
    }

    private static Migration migration(Path file, String hash) {
        String name = Disk.name(file).replaceFirst("\\.sql$", "");
        int end = name.indexOf('_');
        Path down = file.resolveSibling("down").resolve(Disk.name(file));
        return new Migration(
                end < 0 ? name : name.substring(0, end),
                end < 0 ? "" : name.substring(end + 1),
                file,
                change(file),
                Files.isRegularFile(down)
                        ? change(down)
                        : new Change.Irreversible("Atlas has no file for the way down, and there is no " + down),
                Map.of(CHECKSUM, hash));
    }

    /** A directive of the file counts in the lines of comment at its beginning that an empty line ends. */
    private static Change change(Path file) {
        AtomicInteger number = new AtomicInteger();
        List<Directive> directives = new ArrayList<>();
        AtomicInteger headEnd = new AtomicInteger(-1);
        var script = SectionedFile.read(file, line -> {
                    int at = number.incrementAndGet();
                    boolean comment = line.startsWith("--") || line.startsWith("#");
                    if (headEnd.get() < 0 && !comment) {
                        headEnd.set(line.isEmpty() ? at : 0);
                    }
                    Matcher directive = DIRECTIVE.matcher(line);
                    if (directive.matches()) {
                        String value = directive.group(2);
                        directives.add(new Directive(at, directive.group(1), value == null ? "" : value));
                    }
                    return false;
                })
                .get(0)
                .script();
        boolean transactional = true;
        for (Directive each : directives) {
            transactional &= each.check(file, each.line() < headEnd.get());
        }
        return new Change.Sql(script, transactional);
    }

    private record Directive(int line, String name, String value) {
        /** Whether the file runs in a transaction, as far as this line is concerned. */
        boolean check(Path file, boolean inHead) {
            if (name.equals("nolint")) {
                return true;
            }
            if (!name.equals("txmode")) {
                throw malformed(
                        file, "the annotation atlas:" + name + " is not known here; there are txmode and nolint.");
            }
            if (!inHead) {
                throw malformed(
                        file,
                        "Atlas takes no notice of atlas:txmode here: it belongs at the beginning of the file, and an"
                                + " empty line behind it. Move it.");
            }
            if (!List.of("none", "file", "all").contains(value)) {
                throw malformed(file, "\"" + value + "\" is no mode of atlas:txmode; there are none, file and all.");
            }
            return !value.equals("none");
        }

        private MalformedRevisionException malformed(Path file, String problem) {
            return new MalformedRevisionException(file.toString(), line, problem);
        }
    }
}
