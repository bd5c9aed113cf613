package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.SectionedFile;
import dev.belay.revision.SectionedFile.Section;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * node-pg-migrate's SQL files (src/sqlMigration.ts, src/migrationLoader.ts): {@code <prefix>_<name>.sql} with the markers
 * {@code -- Up Migration} and {@code -- Down Migration}, or a pair of {@code .up.sql} and {@code .down.sql}.
 */
final class NodePgMigrate implements Layout {
    private static final Pattern NAME = Pattern.compile("(([0-9]+).*?)(\\.up|\\.down)?\\.sql");
    private static final Pattern CODE = Pattern.compile("[0-9].*\\.(?:js|ts|cjs|mjs|cts|mts)");
    private static final Pattern MARKER = Pattern.compile("(?i)\\s*--[\\s-]*(up|down)\\s+migration.*");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS");

    /** The files of one name; a pair has no whole, and a whole is no pair. */
    private record Unit(
            @Nullable Path whole,
            @Nullable Path up,
            @Nullable Path down) {
        static final Unit NONE = new Unit(null, null, null);

        Unit with(Path path, @Nullable String direction) {
            Unit joined = direction == null
                    ? new Unit(path, up, down)
                    : direction.equals(".up") ? new Unit(whole, path, down) : new Unit(whole, up, path);
            if (joined.whole != null && (joined.up != null || joined.down != null)) {
                throw Numbered.malformed(
                        path, 1, "there is a file of this name with both directions too. Keep the one, or the pair.");
            }
            return joined;
        }
    }

    @Override
    public String name() {
        return "node-pg-migrate";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        List<Path> entries = Numbered.entries(directory);
        if (entries.stream().anyMatch(path -> path.endsWith(Markers.ATLAS_SUM))) {
            return false;
        }
        for (Path path : entries) {
            Matcher name = NAME.matcher(Disk.name(path));
            if (name.matches() && Files.isRegularFile(path)) {
                boolean own =
                        SectionedFile.read(path, line -> MARKER.matcher(line).matches())
                                        .size()
                                > 1;
                return own || (name.group(3) != null || !Markers.any(path)) && Project.admits(directory, name());
            }
        }
        return false;
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        Map<String, Unit> units = new TreeMap<>();
        for (Path path : Numbered.entries(directory)) {
            String file = Disk.name(path);
            Matcher name = NAME.matcher(file);
            if (CODE.matcher(file).matches()) {
                throw Numbered.malformed(
                        path,
                        1,
                        "it is a migration in JavaScript or TypeScript; Belay runs SQL files only. Rewrite it as SQL.");
            }
            if (name.matches() && Files.isRegularFile(path)) {
                units.merge(
                        name.group(1),
                        Unit.NONE.with(path, name.group(3)),
                        (before, more) -> before.with(path, name.group(3)));
            }
        }
        List<Migration> migrations = new ArrayList<>();
        Map<BigInteger, Path> seen = new HashMap<>();
        for (Map.Entry<String, Unit> unit : units.entrySet()) {
            Migration migration = migration(unit.getKey(), unit.getValue());
            Path earlier = seen.putIfAbsent(prefix(migration.version(), migration.file()), migration.file());
            if (earlier != null) {
                throw Numbered.malformed(
                        migration.file(),
                        1,
                        "it has the prefix of " + earlier + ", and which of them goes first is the locale's to say."
                                + " Give one of them another prefix.");
            }
            migrations.add(migration);
        }
        return Numbered.inOrder(migrations, Comparator.comparing(id -> prefix(id, directory)));
    }

    /** What the files are ordered by (src/utils/fileNameUtils.ts): a number; one of 17 digits is a time in UTC. */
    private static BigInteger prefix(String name, Path path) {
        Matcher digits = Pattern.compile("[0-9]+").matcher(name);
        String prefix = digits.lookingAt() ? digits.group() : "0";
        if (prefix.length() != 17) {
            return new BigInteger(prefix);
        }
        try {
            return BigInteger.valueOf(
                    LocalDateTime.parse(prefix, UTC).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException e) {
            throw Numbered.malformed(
                    path, 1, "its prefix " + prefix + " has 17 digits and is no time in UTC. Rename it.");
        }
    }

    private static Migration migration(String name, Unit unit) {
        if (unit.whole() != null) {
            return sections(name, unit.whole());
        }
        if (unit.up() == null) {
            throw Numbered.malformed(
                    Objects.requireNonNull(unit.down()),
                    1,
                    "it is a way down, and there is none up. Add its .up.sql file.");
        }
        return new Migration(
                name,
                description(name),
                unit.up(),
                new Change.Sql(SectionedFile.whole(unit.up()), true),
                unit.down() == null
                        ? new Change.Irreversible("it has no .down.sql file")
                        : new Change.Sql(SectionedFile.whole(unit.down()), true));
    }

    private static String description(String name) {
        return Numbered.words(name.replaceFirst("[0-9]+", ""));
    }

    private static Migration sections(String name, Path path) {
        Map<String, Integer> found = new HashMap<>();
        List<Section> sections = SectionedFile.read(path, line -> begins(line, found));
        Optional<Section> up = section(sections, "up");
        Optional<Section> down = section(sections, "down");
        if (up.isEmpty() && down.isPresent()) {
            throw Numbered.malformed(
                    path,
                    down.get().line(),
                    "there is \"-- Down Migration\" and no \"-- Up Migration\": node-pg-migrate would run the whole"
                            + " file as the way up. Add the other marker.");
        }
        return new Migration(
                name,
                description(name),
                path,
                new Change.Sql(
                        up.map(Section::script).orElseGet(() -> sections.get(0).script()), true),
                down.<Change>map(section -> new Change.Sql(section.script(), true))
                        .orElseGet(() -> new Change.Irreversible("it has no \"-- Down Migration\"")));
    }

    /** The first marker of a direction counts; one more is a comment. */
    private static boolean begins(String line, Map<String, Integer> found) {
        Matcher marker = MARKER.matcher(line);
        return marker.matches() && found.merge(marker.group(1).toLowerCase(Locale.ROOT), 1, Integer::sum) == 1;
    }

    private static Optional<Section> section(List<Section> sections, String direction) {
        return sections.stream()
                .filter(section -> {
                    Matcher marker = MARKER.matcher(section.marker());
                    return marker.matches() && marker.group(1).equalsIgnoreCase(direction);
                })
                .findFirst();
    }
}
