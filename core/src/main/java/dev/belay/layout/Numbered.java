package dev.belay.layout;

import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Migrations that come one after the other in the order of their versions. */
final class Numbered {
    /** By number, as most tools order them. */
    static final Comparator<String> BY_NUMBER = Comparator.comparing(BigInteger::new);

    /**
     * A migration whose place in the order is not known yet.
     *
     * @param version what the tool calls it
     * @param properties what the tool's history records besides
     */
    record Migration(
            String version, String description, Path file, Change up, Change down, Map<String, String> properties) {
        Migration(String version, String description, Path file, Change up, Change down) {
            this(version, description, file, up, down, Map.of());
        }
    }

    private Numbered() {}

    /** What is directly in a directory, by name; hidden entries are left out. */
    static List<Path> entries(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path path : all) {
                if (!Disk.name(path).startsWith(".")) {
                    paths.add(path);
                }
            }
        }
        Collections.sort(paths);
        return paths;
    }

    /** The files directly in a directory whose names match, by name. */
    static List<Named> files(Path directory, Pattern pattern) throws IOException {
        List<Named> files = new ArrayList<>();
        for (Path path : entries(directory)) {
            Matcher name = pattern.matcher(Disk.name(path));
            if (name.matches() && Files.isRegularFile(path)) {
                files.add(new Named(path, name.toMatchResult()));
            }
        }
        return files;
    }

    /** A file, and the parts of its name. */
    record Named(Path path, MatchResult name) {}

    /** Words of a file's name as a description. */
    static String words(String slug) {
        return slug.replace('_', ' ').replace('-', ' ').strip();
    }

    /** A number without what stands before its first digit that counts. */
    static String plain(String digits) {
        return new BigInteger(digits).toString();
    }

    /** What is wrong at a line of a file. */
    static MalformedRevisionException malformed(Path path, int line, String problem) {
        return new MalformedRevisionException(path.toString(), line, problem);
    }

    /** Each builds on the one before it; two of one version are refused. */
    static List<Revision> inOrder(List<Migration> migrations, Comparator<String> order) {
        List<Migration> sorted = new ArrayList<>(migrations);
        sorted.sort(Comparator.comparing(Migration::version, order));
        Map<String, Path> seen = new HashMap<>();
        List<Revision> revisions = new ArrayList<>();
        List<String> parents = List.of();
        for (Migration each : sorted) {
            Path earlier = seen.putIfAbsent(each.version(), each.file());
            if (earlier != null) {
                throw new MalformedRevisionException(
                        each.file().toString(),
                        1,
                        "version " + each.version() + " is there a second time, after " + earlier
                                + ". Give one of them another version.");
            }
            revisions.add(new Revision(
                    each.version(),
                    parents,
                    each.description(),
                    each.file().toString(),
                    each.up(),
                    each.down(),
                    each.properties()));
            parents = List.of(each.version());
        }
        return revisions;
    }
}
