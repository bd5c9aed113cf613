package dev.belay.layout;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** A text's characters one after the other; counts the lines, and looks one ahead. */
final class Characters implements Closeable {
    private static final int NONE = -2;

    private final Reader in;
    private int ahead = NONE;
    private int line = 1;

    /** Of a reader that is buffered. */
    Characters(Reader in) {
        this.in = in;
    }

    /** The next one, which is taken; -1 at the end. */
    int next() throws IOException {
        int next = peek();
        ahead = NONE;
        if (next == '\n') {
            line++;
        }
        return next;
    }

    /** The next one, which stays. */
    int peek() throws IOException {
        if (ahead == NONE) {
            ahead = in.read();
        }
        return ahead;
    }

    /** The line of the next one, from 1. */
    int line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
