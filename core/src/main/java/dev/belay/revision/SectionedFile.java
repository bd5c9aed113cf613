package dev.belay.revision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Finds the sections of an SQL file whose beginnings are marked by lines, and keeps nothing of them but their places. For
 * readers of other tools' layouts.
 *
 * @since 0.1
 */
public final class SectionedFile {
    /**
     * A stretch of a file.
     *
     * @param marker the line before it, without its end; empty for what is before the first marker
     * @param line the marker's line, from 1; 0 for what is before the first marker
     * @param script the lines between this marker and the next
     */
    public record Section(String marker, int line, Script script) {
        /** Checks that all is there. */
        public Section {
            Objects.requireNonNull(marker, "marker");
            Objects.requireNonNull(script, "script");
        }
    }

    private SectionedFile() {}

    /**
     * Reads a file through.
     *
     * @param isMarker whether a line, of which at most 8192 bytes are shown, begins a section
     * @return the sections in their order; the first is what comes before the first marker, which may be nothing
     * @throws MalformedRevisionException at bytes that are not UTF-8
     * @throws UnreadableRevisionsException if the file can't be read
     */
    public static List<Section> read(Path path, Predicate<String> isMarker) {
        RevisionFile file = new PathFile(path);
        List<Section> sections = new ArrayList<>();
        try (InputStream in = file.open(0)) {
            Lines lines = new Lines(file.origin(), in);
            Opened open = new Opened("", 0, 0);
            while (lines.advance()) {
                if (isMarker.test(lines.text())) {
                    sections.add(open.until(lines.start(), file));
                    open = new Opened(lines.text(), lines.number(), lines.position());
                }
            }
            sections.add(open.until(lines.position(), file));
        } catch (IOException e) {
            throw new UnreadableRevisionsException(file.origin(), "reading it failed (" + e + ").", e);
        }
        return sections;
    }

    /** The whole file as a script; reads it through once, so that what is not UTF-8 is told before anything runs. */
    public static Script whole(Path path) {
        return read(path, line -> false).get(0).script();
    }

    private record Opened(String marker, int line, long start) {
        Section until(long end, RevisionFile file) {
            return new Section(marker, line, new SectionScript(file, start, end - start, line + 1));
        }
    }
}
