package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.layout.Numbered.Named;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.SectionedFile;
import dev.belay.revision.SectionedFile.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * goose (internal/sqlparser): {@code <version>_<name>.sql} with the annotations Up, Down, NO TRANSACTION. StatementBegin and
 * StatementEnd are comments here: statements are split as psql does it.
 */
final class Goose implements Layout {
    private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.sql");
    private static final Pattern ANNOTATION = Pattern.compile("\\s*--\\s*\\+goose\\s+(.*?)\\s*");

    @Override
    public String name() {
        return "goose";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        List<Named> files = Numbered.files(directory, NAME);
        return !files.isEmpty()
                && SectionedFile.read(
                                        files.get(0).path(),
                                        line -> ANNOTATION.matcher(line).matches())
                                .size()
                        > 1;
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        List<Migration> migrations = new ArrayList<>();
        for (Named file : Numbered.files(directory, NAME)) {
            migrations.add(migration(
                    Numbered.plain(file.name().group(1)),
                    Numbered.words(file.name().group(2)),
                    file.path()));
        }
        return Numbered.inOrder(migrations, Numbered.BY_NUMBER);
    }

    private static Migration migration(String version, String description, Path path) {
        AtomicBoolean transactional = new AtomicBoolean(true);
        List<Section> sections = SectionedFile.read(path, line -> begins(path, line, transactional));
        if (sections.size() == 1) {
            throw Numbered.malformed(path, 1, "there is no annotation \"-- +goose Up\". Add it.");
        }
        if (!isAnnotation(sections.get(1), "Up")) {
            throw Numbered.malformed(
                    path, sections.get(1).line(), "\"-- +goose Up\" belongs before this line. Move it.");
        }
        if (sections.size() > 3 || sections.size() == 3 && !isAnnotation(sections.get(2), "Down")) {
            throw Numbered.malformed(
                    path,
                    sections.get(sections.size() - 1).line(),
                    "there is one \"-- +goose Up\" and behind it one \"-- +goose Down\". Remove this line.");
        }
        return new Migration(
                version,
                description,
                path,
                new Change.Sql(sections.get(1).script(), transactional.get()),
                sections.size() < 3
                        ? new Change.Irreversible("it has no \"-- +goose Down\"")
                        : new Change.Sql(sections.get(2).script(), transactional.get()));
    }

    private static boolean begins(Path path, String line, AtomicBoolean transactional) {
        Matcher annotation = ANNOTATION.matcher(line);
        if (!annotation.matches()) {
            return false;
        }
        switch (annotation.group(1).toLowerCase(java.util.Locale.ROOT)) {
            case "up", "down" -> {
                return true;
            }
            case "no transaction" -> transactional.set(false);
            case "statementbegin", "statementend" -> {
                return false;
            }
            default ->
                throw Numbered.malformed(
                        path,
                        1,
                        "the annotation \"+goose " + annotation.group(1) + "\" is not known here."
                                + " There are Up, Down, NO TRANSACTION, StatementBegin and StatementEnd.");
        }
        return false;
    }

    private static boolean isAnnotation(Section section, String word) {
        Matcher annotation = ANNOTATION.matcher(section.marker());
        return annotation.matches() && annotation.group(1).equalsIgnoreCase(word);
    }
}
