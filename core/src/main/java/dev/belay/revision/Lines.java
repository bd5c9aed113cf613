package dev.belay.revision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a file line by line and knows each line's place in bytes. Of a long line only the beginning is kept, so that a
 * file of any size needs the same memory.
 */
final class Lines {
    static final int KEPT = 8192;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String origin;
    private final InputStream in;
    private final Utf8 utf8 = new Utf8();
    private final byte[] buffer = new byte[1 << 13];
    private int next;
    private int filled;
    private long bufferStart;

    private byte[] line = new byte[128]; // grows to KEPT
    private int kept;
    private long start;
    private int number;
    private boolean whole;

    Lines(String origin, InputStream in) {
        this.origin = origin;
        this.in = in;
    }

    /** Goes to the next line; false at the end of the file. */
    boolean advance() throws IOException {
        start = position();
        kept = 0;
        whole = true;
        number++;
        if (!fill()) {
            return false;
        }
        do {
            byte each = buffer[next++];
            if (!utf8.accepts(each)) {
                throw notUtf8();
            }
            if (each == '\n') {
                return true;
            }
            if (kept < KEPT) {
                line = kept < line.length ? line : Arrays.copyOf(line, 2 * kept);
                line[kept++] = each;
            } else {
                whole = false;
            }
        } while (fill());
        if (!utf8.complete()) {
            throw notUtf8();
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (next < filled) {
            return true;
        }
        bufferStart += filled;
        next = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private MalformedRevisionException notUtf8() {
        return new MalformedRevisionException(
                origin, number, "byte " + (position() - start) + " of the line is not UTF-8. Save the file as UTF-8.");
    }

    /** The current line's number, from 1. */
    int number() {
        return number;
    }

    /** The byte at which the current line begins. */
    long start() {
        return start;
    }

    /** The byte after the current line and its end. */
    long position() {
        return bufferStart + next;
    }

    /** Whether {@link #text()} is the whole line. */
    boolean whole() {
        return whole;
    }

    /** Whether the line begins so; a byte order mark before the first line does not count. */
    boolean startsWith(byte[] prefix) {
        int from = mark();
        return kept - from >= prefix.length
                && Arrays.equals(line, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** The line, or its beginning if it is long, without its end and without a byte order mark. */
    String text() {
        int from = mark();
        int end = kept > from && line[kept - 1] == '\r' ? kept - 1 : kept;
        return new String(line, from, end - from, StandardCharsets.UTF_8);
    }

    private int mark() {
        boolean marked = number == 1 && kept >= 3 && Arrays.equals(line, 0, 3, MARK, 0, 3);
        return marked ? 3 : 0;
    }
}
