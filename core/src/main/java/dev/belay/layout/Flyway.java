package dev.belay.layout;

import dev.belay.layout.FlywayName.Kind;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Flyway (SqlMigrationResolver, BaselineMigrationResolver): versioned, undo, repeatable and baseline migrations in SQL, in a
 * directory and those below it.
 */
final class Flyway implements Layout {
    private static final int BUFFER = 1 << 13;

    private final Map<String, String> own;

    /** With settings that go before those of a file. */
    Flyway(Map<String, String> own) {
        this.own = Map.copyOf(own);
    }

    @Override
    public String name() {
        return "flyway";
    }

    @Override
    public Map<String, String> settings(Path directory) throws IOException {
        FlywaySettings settings = FlywaySettings.of(directory, own);
        Map<String, String> all = new HashMap<>(settings.all());
        Optional.ofNullable(settings.defaultSchema())
                .ifPresent(schema -> all.put(FlywayProperties.DEFAULT_SCHEMA, schema));
        return all;
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        return files(directory).stream()
                .map(Disk::name)
                .anyMatch(name -> name.matches("V[0-9]+([._][0-9]+)*__.*\\.sql|R__.+\\.sql"));
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        FlywaySettings settings = FlywaySettings.of(directory, own);
        Placeholders placeholders = Placeholders.of(settings);
        Map<Kind, List<FlywayName>> names = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            names.put(kind, new ArrayList<>());
        }
        FlywayName.Naming naming = new FlywayName.Naming(settings);
        Set<Path> configurations = new HashSet<>();
        for (Path file : files(directory)) {
            if (Disk.name(file).endsWith(FlywayFile.CONFIGURATION)) {
                configurations.add(file);
            }
            naming.of(file)
                    .ifPresent(name -> names.computeIfAbsent(name.kind(), kind -> new ArrayList<>())
                            .add(name));
        }
        for (FlywayName callback : list(names, Kind.CALLBACK)) {
            throw malformed(
                    callback,
                    "callbacks are not run here. Move the file, or let Flyway itself run the migrations: FlywayEngine.");
        }
        return new Assembly(directory, settings, placeholders, configurations).revisions(names);
    }

    /** Flyway's checksum and the description, where there are versioned migrations alone. */
    @Override
    public Optional<Map<String, String>> checksums(Path directory) throws IOException {
        FlywaySettings settings = FlywaySettings.of(directory, own);
        if (!settings.encoding().equals(StandardCharsets.UTF_8)) {
            return Optional.empty();
        }
        Found found = Found.in(directory, new FlywayName.Naming(settings));
        return found.isVersionedAlone() ? checksums(found.names()) : Optional.empty();
    }

    private static Optional<Map<String, String>> checksums(List<FlywayName> names) throws IOException {
        Map<String, String> checksums = new LinkedHashMap<>();
        byte[] buffer = new byte[BUFFER];
        FlywayVersion before = null;
        for (Versioned each : inOrder(names)) {
            if (each.number.equals(before)) {
                return Optional.empty();
            }
            before = each.number;
            FlywayName name = each.name;
            try (InputStream in = Disk.open(name.file())) {
                checksums.put(name.version(), LineChecksum.ofUtf8(in, buffer) + " " + name.description());
            }
        }
        return Optional.of(checksums);
    }

    /** The files of a directory, unsorted: those with a name of Flyway's, and the others. */
    private record Found(List<FlywayName> names, List<Path> others) {
        /** Directories below are walked only where there are any: a start doesn't ask of each migration whether it is a file. */
        static Found in(Path directory, FlywayName.Naming naming) throws IOException {
            Found flat;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                flat = of(entries, naming);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            return flat.others.stream().anyMatch(Files::isDirectory) ? of(files(directory), naming) : flat;
        }

        private static Found of(Iterable<Path> files, FlywayName.Naming naming) {
            Found found = new Found(new ArrayList<>(), new ArrayList<>());
            for (Path file : files) {
                naming.of(file).ifPresentOrElse(found.names::add, () -> found.others.add(file));
            }
            return found;
        }

        boolean isVersionedAlone() {
            return names.stream().allMatch(name -> name.kind() == Kind.VERSIONED)
                    && others.stream().noneMatch(file -> Disk.name(file).endsWith(FlywayFile.CONFIGURATION));
        }
    }

    private record Versioned(FlywayVersion number, FlywayName name) {}

    /** By version; first by its text, which is nearly the same and costs a start less to compare. */
    private static List<Versioned> inOrder(List<FlywayName> names) {
        names.sort(Comparator.comparing(FlywayName::version));
        List<Versioned> versioned = new ArrayList<>(names.size());
        for (FlywayName name : names) {
            versioned.add(new Versioned(name.number(), name));
        }
        versioned.sort(Comparator.comparing(Versioned::number));
        return versioned;
    }

    private static List<FlywayName> list(Map<Kind, List<FlywayName>> names, Kind kind) {
        return names.getOrDefault(kind, List.of());
    }

    /** All files, as Flyway scans: also below, but not in hidden directories. */
    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                directory, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                        boolean hidden =
                                !path.equals(directory) && Disk.name(path).startsWith(".");
                        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            files.add(path);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(Comparator.naturalOrder());
        return files;
    }

    private static MalformedRevisionException malformed(FlywayName name, String problem) {
        return new MalformedRevisionException(name.file().toString(), 1, problem);
    }

    /** Makes revisions of names. */
    private record Assembly(
            Path directory, FlywaySettings settings, Placeholders placeholders, Set<Path> configurations) {
        List<Revision> revisions(Map<Kind, List<FlywayName>> names) throws IOException {
            Map<FlywayVersion, FlywayName> versioned = unique(list(names, Kind.VERSIONED), FlywayName::number);
            TreeMap<FlywayVersion, FlywayName> baselines =
                    new TreeMap<>(unique(list(names, Kind.BASELINE), FlywayName::number));
            Map<FlywayVersion, FlywayName> undo = unique(list(names, Kind.UNDO), FlywayName::number);
            Map<String, FlywayName> repeatable = unique(list(names, Kind.REPEATABLE), FlywayName::description);
            undo.forEach((version, name) -> {
                if (!versioned.containsKey(version)) {
                    throw malformed(
                            name,
                            "there is no migration of version " + name.version()
                                    + " that it undoes. Add it, or remove this file.");
                }
            });
            TreeMap<FlywayVersion, FlywayName> ladder = new TreeMap<>(versioned);
            // with the migrations that it stands for still there, those are run
            if (!baselines.isEmpty() && (ladder.isEmpty() || ladder.firstKey().compareTo(baselines.lastKey()) > 0)) {
                ladder.put(baselines.lastKey(), baselines.lastEntry().getValue());
            }
            List<Revision> revisions = new ArrayList<>();
            for (Map.Entry<FlywayVersion, FlywayName> each : ladder.entrySet()) {
                revisions.add(revision(each.getValue(), Optional.ofNullable(undo.get(each.getKey())), revisions));
            }
            for (FlywayName each : new TreeMap<>(repeatable).values()) {
                revisions.add(revision(each, Optional.empty(), revisions));
            }
            return revisions;
        }

        private static <K> Map<K, FlywayName> unique(List<FlywayName> names, Function<FlywayName, K> key) {
            Map<K, FlywayName> found = new HashMap<>();
            for (FlywayName name : names) {
                FlywayName other = found.putIfAbsent(key.apply(name), name);
                if (other != null) {
                    throw malformed(
                            name,
                            (name.version().isEmpty()
                                            ? "description \"" + name.description() + "\""
                                            : "version " + name.version())
                                    + " is there a second time, after " + other.file()
                                    + ". Give one of them another.");
                }
            }
            return found;
        }

        private Revision revision(FlywayName name, Optional<FlywayName> undo, List<Revision> before)
                throws IOException {
            FlywayFile file = read(name);
            Map<String, String> properties = new HashMap<>();
            describe(file, "", properties);
            Change down = new Change.Irreversible(withoutUndo(name));
            if (undo.isPresent()) {
                FlywayFile back = read(undo.get());
                describe(back, FlywayProperties.UNDO, properties);
                down = back.change();
            }
            List<String> parents = before.isEmpty()
                    ? List.of()
                    : List.of(before.get(before.size() - 1).id());
            return new Revision(
                    id(name), parents, name.description(), name.file().toString(), file.change(), down, properties);
        }

        private FlywayFile read(FlywayName name) throws IOException {
            Path configuration = name.file().resolveSibling(Disk.name(name.file()) + FlywayFile.CONFIGURATION);
            return FlywayFile.read(
                    name,
                    settings,
                    configurations.contains(configuration) ? KeyValueFile.properties(configuration) : Map.of(),
                    placeholders);
        }

        private void describe(FlywayFile file, String prefix, Map<String, String> properties) {
            FlywayName name = file.name();
            properties.put(prefix + FlywayProperties.DESCRIPTION, name.description());
            properties.put(
                    prefix + FlywayProperties.SCRIPT,
                    directory.relativize(name.file()).toString().replace('\\', '/'));
            properties.put(prefix + FlywayProperties.CHECKSUM, String.valueOf(file.checksum()));
            if (!prefix.isEmpty()) {
                return;
            }
            properties.put(FlywayProperties.TYPE, name.kind() == Kind.BASELINE ? "SQL_BASELINE" : "SQL");
            if (name.kind() == Kind.REPEATABLE) {
                properties.put(FlywayProperties.RAW_CHECKSUM, String.valueOf(file.raw()));
            } else {
                properties.put(FlywayProperties.VERSION, name.version());
            }
        }

        private static String id(FlywayName name) {
            return switch (name.kind()) {
                case VERSIONED -> name.version();
                case BASELINE -> name.prefix() + name.version();
                default -> name.stem();
            };
        }

        private String withoutUndo(FlywayName name) {
            return switch (name.kind()) {
                case REPEATABLE ->
                    "it is a repeatable migration, which Flyway never undoes; only the restore leads back";
                case BASELINE -> "it is a baseline migration, which nothing undoes; only the restore leads back";
                default ->
                    "there is no undo script " + settings.get("undoSqlMigrationPrefix", "U") + name.version()
                            + settings.separator() + "*.sql; only the restore leads back, or that script, once written";
            };
        }
    }
}
