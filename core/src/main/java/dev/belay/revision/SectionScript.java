package dev.belay.revision;

import java.io.IOException;
import java.io.Reader;

/** A script that is a stretch of a file: nothing of it is in memory until it is read. */
record SectionScript(RevisionFile file, long offset, long length, int firstLine) implements Script {
    @Override
    public String origin() {
        return file.origin();
    }

    @Override
    public Reader open() throws IOException {
        return new Utf8Reader(origin(), file.open(offset), length, firstLine);
    }

    @Override
    public String toString() {
        return origin() + ":" + firstLine;
    }
}
