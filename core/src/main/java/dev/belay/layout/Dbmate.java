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
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dbmate (pkg/dbmate/migration.go): {@code <version>_<name>.sql} with an up and a down block, in this order. */
final class Dbmate implements Layout {
    private static final Pattern NAME = Pattern.compile("([0-9]+)(.*)\\.sql");
    private static final Pattern MARKER = Pattern.compile("--\\s*migrate:(up|down)(?:\\s+(\\S.*?))?\\s*");

    @Override
    public String name() {
        return "dbmate";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        List<Named> files = Numbered.files(directory, NAME);
        return !files.isEmpty() && sections(files.get(0).path()).size() > 1;
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        List<Migration> migrations = new ArrayList<>();
        for (Named file : Numbered.files(directory, NAME)) {
            migrations.add(
                    migration(file.name().group(1), Numbered.words(file.name().group(2)), file.path()));
        }
        // dbmate orders by the file's name, of which the version, a text to it, is the beginning
        return Numbered.inOrder(migrations, Comparator.naturalOrder());
    }

    private static List<Section> sections(Path path) {
        return SectionedFile.read(path, line -> MARKER.matcher(line).matches());
    }

    private static Migration migration(String version, String description, Path path) {
        List<Section> sections = sections(path);
        if (sections.size() == 1) {
            throw Numbered.malformed(path, 1, "there is no block \"-- migrate:up\". Add it.");
        }
        if (sections.size() > 3) {
            throw Numbered.malformed(
                    path,
                    sections.get(3).line(),
                    "there is a third block; Belay reads one up and one down. Split the file.");
        }
        Change up = change(path, sections.get(1), "up");
        Change down = sections.size() < 3
                ? new Change.Irreversible("it has no block \"-- migrate:down\"")
                : change(path, sections.get(2), "down");
        return new Migration(version, description, path, up, down);
    }

    private static Change change(Path path, Section section, String direction) {
        Matcher marker = MARKER.matcher(section.marker());
        if (!marker.matches() || !marker.group(1).equals(direction)) {
            throw Numbered.malformed(
                    path, section.line(), "the block \"-- migrate:" + direction + "\" belongs here. Move it.");
        }
        String option = marker.group(2);
        if (option != null && !option.matches("transaction:\\s*(true|false)")) {
            throw Numbered.malformed(
                    path, section.line(), "\"" + option + "\" is not an option. The only one is transaction:false.");
        }
        return new Change.Sql(section.script(), option == null || option.endsWith("true"));
    }
}
