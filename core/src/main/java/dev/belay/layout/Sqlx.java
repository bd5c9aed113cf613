package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.layout.Numbered.Named;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.SectionedFile;
import dev.belay.revision.internal.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * sqlx (sqlx-core/src/migrate/source.rs): {@code <version>_<description>.sql}, or a pair of {@code .up.sql} and
 * {@code .down.sql}; a file that begins with {@code -- no-transaction} has none.
 */
final class Sqlx implements Layout {
    private static final Pattern NAME = Pattern.compile("([^_]*)_(.*?)(\\.up|\\.down)?\\.sql");
    private static final byte[] NO_TRANSACTION = "-- no-transaction".getBytes(StandardCharsets.UTF_8);

    /** The files of one version. */
    private record Pair(Path up, String description) {}

    @Override
    public String name() {
        return "sqlx";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        for (Path path : Numbered.entries(directory)) {
            if (path.endsWith(Markers.ATLAS_SUM)) {
                return false;
            }
        }
        for (Named file : Numbered.files(directory, NAME)) {
            if (file.name().group(1).matches("[0-9]+")) {
                return (file.name().group(3) != null || !Markers.any(file.path())) && Project.admits(directory, name());
            }
        }
        return false;
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        Map<String, Pair> ups = new LinkedHashMap<>();
        Map<String, Path> downs = new LinkedHashMap<>();
        for (Named file : Numbered.files(directory, NAME)) {
            Path path = file.path();
            add(path, version(path, file.name().group(1)), file.name(), ups, downs);
        }
        for (Map.Entry<String, Path> down : downs.entrySet()) {
            if (!ups.containsKey(down.getKey())) {
                throw new MalformedRevisionException(
                        down.getValue().toString(),
                        1,
                        "version " + down.getKey() + " has a way down and none up. Add its .up.sql file.");
            }
        }
        List<Migration> migrations = new ArrayList<>();
        for (Map.Entry<String, Pair> up : ups.entrySet()) {
            migrations.add(migration(up.getKey(), up.getValue(), downs.get(up.getKey())));
        }
        return Numbered.inOrder(migrations, Numbered.BY_NUMBER);
    }

    private static String version(Path path, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new MalformedRevisionException(
                    path.toString(),
                    1,
                    "\"" + text + "\", what stands before the first underscore, is no version: sqlx reads a number"
                            + " there. Rename the file, or move it out of the directory.");
        }
        return Numbered.plain(text);
    }

    private static void add(
            Path path, String version, MatchResult name, Map<String, Pair> ups, Map<String, Path> downs) {
        Path earlier;
        if (".down".equals(name.group(3))) {
            earlier = downs.putIfAbsent(version, path);
        } else {
            // as sqlx writes it into its table
            Pair before = ups.putIfAbsent(version, new Pair(path, name.group(2).replace('_', ' ')));
            earlier = before == null ? null : before.up();
        }
        if (earlier != null) {
            throw new MalformedRevisionException(
                    path.toString(),
                    1,
                    "version " + version + " is there a second time, after " + earlier
                            + ". Give one of them another version.");
        }
    }

    private static Migration migration(String version, Pair pair, @Nullable Path down) throws IOException {
        return new Migration(
                version,
                pair.description(),
                pair.up(),
                change(pair.up()),
                down == null ? new Change.Irreversible("it has no .down.sql file") : change(down),
                Map.of(CHECKSUM, Digest.hex(pair.up(), "SHA-384")));
    }

    private static Change change(Path path) throws IOException {
        byte[] beginning;
        try (var in = Files.newInputStream(path)) {
            beginning = in.readNBytes(NO_TRANSACTION.length);
        }
        return new Change.Sql(SectionedFile.whole(path), !Arrays.equals(beginning, NO_TRANSACTION));
    }
}
