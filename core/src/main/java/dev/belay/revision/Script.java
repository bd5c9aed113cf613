package dev.belay.revision;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;

/**
 * SQL text that can be read any number of times.
 *
 * <p>A script holds no open file; each reader is its own and is closed by who opened it. Scripts are safe for use by
 * several threads.
 *
 * @since 0.1
 */
public interface Script {
    /** Where the text comes from, as a person would look for it: a file's path, mostly. */
    String origin();

    /** The line of {@link #origin()} on which the text begins, counted from 1. */
    int firstLine();

    /**
     * Opens the text for reading, from its beginning.
     *
     * @throws IOException if it can't be opened or read
     * @throws MalformedRevisionException from the reader, at bytes that are not UTF-8
     */
    Reader open() throws IOException;

    /** The whole text; for those that are small. As {@link #open()}. */
    default String text() throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = open()) {
            reader.transferTo(text);
        }
        return text.toString();
    }

    /** How the text of another script is read, such as with its placeholders filled in. */
    @FunctionalInterface
    interface Rewriting {
        /** Opens the text that is made of a script's. */
        Reader open(Script script) throws IOException;
    }

    /** The script of the same place whose text is made of this one's, each time that it is opened. */
    default Script rewritten(Rewriting rewriting) {
        return new RewrittenScript(this, rewriting);
    }

    /** A script from text in memory, whose first line is 1. */
    static Script ofText(String origin, String text) {
        return new TextScript(origin, 1, text);
    }
}
