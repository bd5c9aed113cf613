package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** golang-migrate (source/parse.go): {@code <version>_<title>.up.sql} and, where there is a way back, {@code .down.sql}. */
final class GolangMigrate implements Layout {
    private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.sql");

    private record Files(Map<String, Path> up, Map<String, Path> down) {}

    @Override
    public String name() {
        return "golang-migrate";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        return Numbered.entries(directory).stream()
                        .anyMatch(path -> NAME.matcher(Disk.name(path)).matches())
                && Project.admits(directory, name());
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        Files files = new Files(new LinkedHashMap<>(), new LinkedHashMap<>());
        Map<String, String> titles = new LinkedHashMap<>();
        for (Path path : Numbered.entries(directory)) {
            Matcher name = NAME.matcher(Disk.name(path));
            if (name.matches()) {
                String version = Numbered.plain(name.group(1));
                Map<String, Path> side = name.group(3).equals("up") ? files.up() : files.down();
                Path earlier = side.putIfAbsent(version, path);
                if (earlier != null) {
                    throw new MalformedRevisionException(
                            path.toString(),
                            1,
                            "version " + version + " is there a second time, after " + earlier
                                    + ". Give one of them another version.");
                }
                titles.putIfAbsent(version, Numbered.words(name.group(2)));
            }
        }
        List<Migration> migrations = new ArrayList<>();
        for (Map.Entry<String, String> title : titles.entrySet()) {
            migrations.add(migration(title.getKey(), title.getValue(), files));
        }
        return Numbered.inOrder(migrations, Numbered.BY_NUMBER);
    }

    private static Migration migration(String version, String title, Files files) throws IOException {
        Path up = files.up().get(version);
        Path down = files.down().get(version);
        if (up == null) {
            throw new MalformedRevisionException(
                    String.valueOf(down),
                    1,
                    "version " + version + " has a way down and none up. Add its .up.sql file.");
        }
        return new Migration(
                version,
                title,
                up,
                Lone.change(up),
                down == null ? new Change.Irreversible("it has no .down.sql file") : Lone.change(down));
    }
}
