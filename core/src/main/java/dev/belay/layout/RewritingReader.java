package dev.belay.layout;

import java.io.IOException;
import java.io.Reader;

/** A text that is made of another, a piece at a time. */
abstract class RewritingReader extends Reader {
    /** What it is made of. */
    final Characters in;

    /** What was made and not read yet, and before it what was read. */
    final StringBuilder ready = new StringBuilder();

    private int at;

    /** Of a reader that is buffered. */
    RewritingReader(Reader in) {
        this.in = new Characters(in);
    }

    /** Adds the next piece, which may be empty, to what is ready; false at the end, when nothing was added. */
    abstract boolean advance() throws IOException;

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            if (at == ready.length()) {
                ready.setLength(0);
                at = 0;
                if (!advance()) {
                    break;
                }
                continue; // an empty piece gives nothing
            }
            int some = Math.min(length - count, ready.length() - at);
            ready.getChars(at, at + some, target, offset + count);
            at += some;
            count += some;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
