package dev.belay.testkit.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A throwaway cluster made with the PostgreSQL programs installed on this machine. */
final class InstalledPrograms implements ServerSource {
    /** A directory that holds one directory per version, and where the programs are below that. */
    private record Home(String parent, String versions, String bin) {}

    private static final List<Home> HOMES = List.of(
            new Home("/usr/lib/postgresql", "*", "bin"), // Debian, Ubuntu
            new Home("/usr", "pgsql-*", "bin"), // the PGDG packages for Red Hat
            new Home("/usr/local", "pgsql", "bin"), // built from source
            new Home("/usr/libexec", "postgresql*", ""), // Alpine
            new Home("/opt/homebrew/opt", "postgresql*", "bin"),
            new Home("/usr/local/opt", "postgresql*", "bin"),
            new Home("/Applications/Postgres.app/Contents/Versions", "*", "bin"));

    @Override
    public String name() {
        return "installed programs";
    }

    @Override
    public Answer open(Wish wish) {
        Optional<Path> programs = wish.programs().or(InstalledPrograms::newest);
        if (programs.isEmpty()) {
            return new Answer.None("no initdb and postgres on the PATH or in the usual directories");
        }
        Path directory = programs.get();
        if (!holdsAServer(directory)) {
            return new Answer.None("no initdb and postgres in " + directory);
        }
        try {
            return new Answer.Found(ThrowawayCluster.start(directory, wish), directory.toString());
        } catch (PostgresServerException e) {
            return new Answer.None(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Path> newest() {
        String path = System.getenv().getOrDefault("PATH", "");
        Optional<Path> onPath = Stream.of(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(InstalledPrograms::holdsAServer)
                .map(InstalledPrograms::behindLinks)
                .findFirst();
        return onPath.or(() -> HOMES.stream()
                .flatMap(home -> versions(home).stream())
                .filter(InstalledPrograms::holdsAServer)
                .max(Comparator.comparingInt(InstalledPrograms::versionIn)));
    }

    private static boolean holdsAServer(Path directory) {
        return Files.isExecutable(directory.resolve("initdb")) && Files.isExecutable(directory.resolve("postgres"));
    }

    /** Where links to the programs lead, as pg_dump is there too while not everything need be linked. */
    private static Path behindLinks(Path directory) {
        try {
            Path real = Objects.requireNonNullElse(
                    directory.resolve("postgres").toRealPath().getParent(), directory);
            return holdsAServer(real) ? real : directory;
        } catch (IOException e) {
            // What can be run can be run from where it was found.
            return directory;
        }
    }

    private static List<Path> versions(Home home) {
        Path parent = Path.of(home.parent());
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, home.versions())) {
            entries.forEach(entry -> found.add(entry.resolve(home.bin())));
        } catch (IOException e) {
            // A directory that can't be read holds no programs that could be run.
            return List.of();
        }
        return found;
    }

    private static int versionIn(Path directory) {
        String digits = directory.toString().replaceAll("\\D+", " ").trim();
        String first = digits.split(" ", 2)[0];
        return first.isEmpty() || first.length() > 4 ? 0 : Integer.parseInt(first);
    }
}
