package dev.belay.postgres.tools;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds pg_dump, pg_restore and psql: in the folder that was given; else on the {@code PATH} and in the usual folders.
 *
 * <p>Of several, the oldest is taken that is at least as new as the server: its output is what most other installed programs
 * can read. A program's version is asked once per process. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ClientPrograms {
    private static final Logger LOG = LoggerFactory.getLogger(ClientPrograms.class);
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\)\\s+((\\d+)[.\\w]*)");
    private static final Map<Path, Optional<String>> SAID = new ConcurrentHashMap<>();

    /** Parents of one folder per version, and folders themselves: Debian, Red Hat (PGDG), Homebrew, the Mac's app. */
    private static final List<String> USUAL = List.of(
            "/usr/lib/postgresql/*/bin",
            "/usr/pgsql-*/bin",
            "/usr/local/pgsql/bin",
            "/usr/libexec/postgresql*",
            "/opt/homebrew/opt/postgresql@*/bin",
            "/opt/homebrew/opt/libpq/bin",
            "/usr/local/opt/postgresql@*/bin",
            "/usr/local/opt/libpq/bin",
            "/Applications/Postgres.app/Contents/Versions/*/bin");

    private final Optional<Path> explicit;
    private final List<Path> folders;

    private ClientPrograms(Optional<Path> explicit, List<Path> folders) {
        this.explicit = explicit;
        this.folders = List.copyOf(folders);
    }

    /** Those of this machine. */
    public static ClientPrograms installed() {
        Set<Path> folders = new LinkedHashSet<>();
        String path = System.getenv().getOrDefault("PATH", "");
        for (String one : path.split(Pattern.quote(File.pathSeparator))) {
            if (!one.isEmpty()) {
                folders.add(Path.of(one));
            }
        }
        USUAL.forEach(pattern -> folders.addAll(expand(pattern)));
        return new ClientPrograms(Optional.empty(), new ArrayList<>(folders));
    }

    /**
     * That one program and no other, or those of one folder.
     *
     * @param path a program or a folder
     */
    public static ClientPrograms at(Path path) {
        return new ClientPrograms(Optional.of(path), List.of());
    }

    /** For tests: as {@link #installed}, in these folders. */
    static ClientPrograms in(List<Path> folders) {
        return new ClientPrograms(Optional.empty(), folders);
    }

    /**
     * The program to use for a server.
     *
     * @param name for instance {@code pg_dump}
     * @param serverMajor the server's major version, for instance 15
     * @throws ClientProgramMissingException when there is none, or none that is new enough
     */
    public ClientProgram find(String name, int serverMajor) {
        List<ClientProgram> found = candidates(name);
        return found.stream()
                .filter(program -> program.major() >= serverMajor)
                .min(Comparator.comparingInt(ClientProgram::major))
                .orElseThrow(() -> found.isEmpty() ? missing(name, serverMajor) : tooOld(name, serverMajor, found));
    }

    private List<ClientProgram> candidates(String name) {
        List<Path> paths = explicit.map(path -> List.of(besides(path, name)))
                .orElseGet(() ->
                        folders.stream().map(folder -> folder.resolve(name)).toList());
        List<ClientProgram> found = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isExecutable(path) && !Files.isDirectory(path)) {
                version(path)
                        .ifPresent(version -> found.add(
                                new ClientProgram(name, path, version, Integer.parseInt(version.split("\\D")[0]))));
            }
        }
        return found;
    }

    /** A folder has all programs in it; a program has its siblings beside it. */
    private static Path besides(Path path, String name) {
        if (Files.isDirectory(path)) {
            return path.resolve(name);
        }
        Path file = path.getFileName();
        boolean isAnother = file != null
                && !file.toString().equals(name)
                && List.of("pg_dump", "pg_restore", "psql").contains(file.toString());
        return isAnother ? path.resolveSibling(name) : path;
    }

    private static Optional<String> version(Path path) {
        return SAID.computeIfAbsent(path.toAbsolutePath(), ClientPrograms::askVersion);
    }

    private static Optional<String> askVersion(Path path) {
        try {
            Process process = new ProcessBuilder(path.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectInput(new File(ClientProcess.NOTHING))
                    .start();
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
                LOG.warn("{} --version didn't end within 10 s; it isn't used", path);
                return Optional.empty();
            }
            String said =
                    new String(process.getInputStream().readNBytes(4096), java.nio.charset.StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(said);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} can't be run; it isn't used", path, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private ClientProgramMissingException missing(String name, int serverMajor) {
        String where = explicit.map(path -> "at " + path).orElse("on the PATH or in the usual folders");
        return new ClientProgramMissingException(
                name, name + " was not found " + where + ". Nothing was changed. " + advice(name, serverMajor));
    }

    private ClientProgramMissingException tooOld(String name, int serverMajor, List<ClientProgram> found) {
        ClientProgram newest = found.stream()
                .max(Comparator.comparingInt(ClientProgram::major))
                .orElseThrow();
        return new ClientProgramMissingException(
                name,
                name + " " + newest.version() + " (" + newest.path()
                        + ") can't work for a server of version " + serverMajor + ". Nothing was changed. "
                        + advice(name, serverMajor));
    }

    private static String advice(String name, int serverMajor) {
        return "Install " + name + " " + serverMajor
                + " or newer (Debian and Ubuntu: apt-get install postgresql-client-" + serverMajor
                + "), or say where it is: PgDump.into(dir).program(path).";
    }

    private static List<Path> expand(String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return List.of(Path.of(pattern));
        }
        int start = pattern.lastIndexOf('/', star);
        int end = pattern.indexOf('/', star);
        String glob = pattern.substring(start + 1, end < 0 ? pattern.length() : end);
        Path parent = Path.of(pattern.substring(0, Math.max(1, start)));
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, glob)) {
                children.forEach(child -> found.add(end < 0 ? child : child.resolve(pattern.substring(end + 1))));
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                LOG.debug("{} can't be listed; no client program is looked for in it", parent, e);
            }
        }
        return found;
    }
}
