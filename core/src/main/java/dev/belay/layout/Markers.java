package dev.belay.layout;

import dev.belay.revision.SectionedFile;
import dev.belay.revision.internal.Disk;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Lines by which a tool's files are known. */
final class Markers {
    /** The file of checksums that a directory of Atlas has. */
    static final String ATLAS_SUM = "atlas.sum";

    private static final Pattern ANY = Pattern.compile(
            "(?i)\\s*--\\s*(?:migrate:(?:up|down)\\b|\\+goose\\s|//|atlas:|belay:|liquibase\\s+formatted)"
                    + ".*|\\s*--[\\s-]*(?:up|down)\\s+migration.*");

    private static final Pattern BELAY = Pattern.compile("[0-9]{8}_[0-9]{4}_[0-9a-z]{4,40}_.*");

    private Markers() {}

    /** Whether a file has a marker of some tool, or a name of Belay's, so that a layout without markers has no part in it. */
    static boolean any(Path file) {
        return BELAY.matcher(Disk.name(file)).matches()
                || SectionedFile.read(file, line -> ANY.matcher(line).matches()).size() > 1;
    }
}
