package dev.belay.postgres.alembic;

import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a project's parts are.
 *
 * @param configuration the file alembic.ini
 * @param versions the directories of the revisions
 * @param program Alembic
 * @param variable names the variable that holds the URL
 * @param driver SQLAlchemy's driver in the URL, or empty
 * @param environment further variables
 * @param versionTable the table of the history
 */
record AlembicProject(
        Path configuration,
        List<Path> versions,
        Path program,
        String variable,
        String driver,
        Map<String, String> environment,
        String versionTable) {
    /** env.py and its versions lie at most so deep below alembic.ini. */
    private static final int LEVELS = 3;

    AlembicProject {
        versions = List.copyOf(versions);
        environment = Map.copyOf(environment);
    }

    static AlembicProject find(Path directory, Optional<String> named) {
        Path start = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(start)) {
            throw new UnreadableRevisionsException(
                    directory.toString(), "there is no such directory. Create it, or name another.", null);
        }
        return of(configuration(start, named));
    }

    static AlembicProject of(Path configuration) {
        try {
            AlembicIni ini = AlembicIni.read(configuration);
            return new AlembicProject(
                    configuration,
                    ini.versions(),
                    program(folder(configuration)),
                    "DATABASE_URL",
                    "",
                    Map.of(),
                    "alembic_version");
        } catch (IOException e) {
            throw new UnreadableRevisionsException(configuration.toString(), "reading it failed (" + e + ").", e);
        }
    }

    private static Path configuration(Path start, Optional<String> named) {
        String name = named.orElse("alembic.ini");
        Path at = start;
        for (int level = 0; level < LEVELS && at != null; level++) {
            Path configuration = at.resolve(name);
            if (Files.isRegularFile(configuration)) {
                return configuration;
            }
            at = at.getParent();
        }
        throw new UnreadableRevisionsException(
                start.toString(),
                "there is no " + name
                        + " in it or the two directories above. Name the directory where Alembic is started,"
                        + " or set ALEMBIC_CONFIG.",
                null);
    }

    private static Path program(Path home) {
        return Stream.of(".venv/bin/alembic", "venv/bin/alembic")
                .map(home::resolve)
                .filter(Files::isExecutable)
                .findFirst()
                .or(AlembicProject::onPath)
                .orElse(Path.of("alembic"));
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "alembic"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether Python files in it say that they are revisions. */
    static boolean isVersions(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.py")) {
            for (Path file : files) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("down_revision")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UnreadableRevisionsException(directory.toString(), "reading it failed (" + e + ").", e);
        }
    }

    /** Where Alembic is started. */
    Path home() {
        return folder(configuration);
    }

    private static Path folder(Path configuration) {
        Path parent = configuration.toAbsolutePath().getParent();
        return parent == null ? configuration : parent;
    }

    /** All revision files, as Alembic picks them (script/base.py: _only_source_rev_file). */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : versions) {
            if (!Files.isDirectory(folder)) {
                throw new UnreadableRevisionsException(
                        folder.toString(),
                        "there is no such directory, though " + configuration
                                + " names it. Create it, or correct the file.",
                        null);
            }
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.py")) {
                for (Path file : all) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.startsWith(".#") && !name.startsWith("__init__")) {
                        files.add(file);
                    }
                }
            }
        }
        files.sort(null);
        return files;
    }

    AlembicProject withProgram(Path other) {
        return new AlembicProject(configuration, versions, other, variable, driver, environment, versionTable);
    }

    AlembicProject withVariable(String other) {
        return new AlembicProject(configuration, versions, program, other, driver, environment, versionTable);
    }

    AlembicProject withDriver(String other) {
        return new AlembicProject(configuration, versions, program, variable, other, environment, versionTable);
    }

    AlembicProject withEnvironment(Map<String, String> other) {
        return new AlembicProject(configuration, versions, program, variable, driver, other, versionTable);
    }

    AlembicProject withVersionTable(String other) {
        return new AlembicProject(configuration, versions, program, variable, driver, environment, other);
    }
}
