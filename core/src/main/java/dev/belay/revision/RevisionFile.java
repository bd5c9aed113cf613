package dev.belay.revision;

import java.io.IOException;
import java.io.InputStream;

/** A file of a layout, on disk or in a jar. It holds nothing open. */
interface RevisionFile {
    /** The last part of its path. */
    String name();

    /** Where a person finds it. */
    String origin();

    /** Opens its bytes from an offset on. */
    InputStream open(long offset) throws IOException;

    /** What is done with each file. */
    @FunctionalInterface
    interface Reading {
        /**
         * Reads a file.
         *
         * @param in the file from its beginning; not closed
         */
        void read(RevisionFile file, InputStream in) throws IOException;
    }

    /** Whether a layout of SQL files takes notice of a file so called; hidden ones are editors' and archivers'. */
    static boolean isSql(String name) {
        return name.endsWith(".sql") && !name.startsWith(".");
    }
}
