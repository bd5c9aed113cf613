package dev.belay.postgres.liquibase;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the root changelog of a directory: as liquibase.properties names it, or by its name. Doesn't need Liquibase. */
final class LiquibaseProject {
    /** Where Spring Boot looks, below what is on the class path. */
    private static final String USUAL_PLACE = "db/changelog";

    private static final Pattern ROOT =
            Pattern.compile("(?i)(?:(?:db\\.)?changelog(?:[-.](?:master|root))?|master|root)\\.(?:xml|ya?ml|json|sql)");
    private static final Pattern ANY = Pattern.compile("(?i).+\\.(?:xml|ya?ml|json|sql)");

    /** FormattedSqlChangeLogParser, of the first line that isn't empty. */
    private static final Pattern FORMATTED = Pattern.compile("(?i)\\s*--\\s*liquibase\\s+formatted\\s+sql.*");

    private static final String ELEMENT = "databaseChangeLog";

    /** A changelog begins with its element, but for a licence before it. */
    private static final int LOOKED_AT = 1 << 14;

    private LiquibaseProject() {}

    /** Whether there is something to find; at most one of many SQL files is looked into. */
    static boolean isIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        if (Files.isRegularFile(directory.resolve(LiquibaseProperties.NAME))
                || !roots(directory).isEmpty()) {
            return true;
        }
        List<Path> files = files(directory, ANY);
        return files.stream().anyMatch(file -> !isSql(file) && isChangelog(file))
                || files.stream()
                        .filter(LiquibaseProject::isSql)
                        .findFirst()
                        .filter(LiquibaseProject::isChangelog)
                        .isPresent();
    }

    static Changelog find(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new UnreadableRevisionsException(
                    directory.toString(), "there is no such directory. Create it, or name another.", null);
        }
        Path file = directory.resolve(LiquibaseProperties.NAME);
        if (!Files.isRegularFile(file)) {
            return new Changelog(directory, root(directory), "", "", java.util.Map.of());
        }
        LiquibaseProperties properties = LiquibaseProperties.read(file);
        Path below = properties.searchPath().map(directory::resolve).orElse(directory);
        return new Changelog(
                below,
                properties.changelogFile().orElseGet(() -> root(below)),
                properties.contexts(),
                properties.labels(),
                properties.parameters());
    }

    private static String root(Path directory) {
        List<Path> found = roots(directory);
        if (found.isEmpty()) {
            found = files(directory, ANY).stream()
                    .filter(LiquibaseProject::isChangelog)
                    .toList();
        }
        if (found.size() == 1) {
            return directory.relativize(found.get(0)).toString().replace('\\', '/');
        }
        String which = "Write a " + LiquibaseProperties.NAME + " there, with a line changelogFile=...";
        throw new MalformedRevisionException(
                directory.toString(),
                0,
                found.isEmpty()
                        ? "there is no changelog of Liquibase in it. " + which
                        : "several changelogs could be the root: "
                                + found.stream()
                                        .map(directory::relativize)
                                        .map(Path::toString)
                                        .collect(Collectors.joining(", "))
                                + ". " + which);
    }

    private static List<Path> roots(Path directory) {
        List<Path> roots = new ArrayList<>(files(directory, ROOT));
        Path usual = directory.resolve(USUAL_PLACE);
        if (Files.isDirectory(usual)) {
            roots.addAll(files(usual, ROOT));
        }
        roots.removeIf(file -> !isChangelog(file));
        return roots;
    }

    private static List<Path> files(Path directory, Pattern name) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                String text = String.valueOf(file.getFileName());
                if (!text.startsWith(".") && name.matcher(text).matches() && Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw new UnreadableRevisionsException(directory.toString(), "reading it failed (" + e + ").", e);
        }
        Collections.sort(files);
        return files;
    }

    private static boolean isSql(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    private static boolean isChangelog(Path file) {
        try {
            return isSql(file) ? isFormatted(file) : beginning(file).contains(ELEMENT);
        } catch (IOException e) {
            throw new UnreadableRevisionsException(file.toString(), "reading it failed (" + e + ").", e);
        }
    }

    /** Whatever the encoding: the marker is in ASCII. */
    private static boolean isFormatted(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            while (line != null && line.isBlank()) {
                line = reader.readLine();
            }
            return line != null
                    && FORMATTED.matcher(line.replace("\u00EF\u00BB\u00BF", "")).matches();
        }
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        }
    }
}
