package dev.belay.postgres.sql;

import java.io.IOException;
import java.io.Reader;

/** The lines between a {@code COPY ... FROM STDIN} and its {@code \.}, read from the script as they are asked for. */
final class CopyData extends Reader {
    private static final int MARKER_WITH_LINE_END = 4;

    private final ScriptSource source;
    private final Runnable whenDrained;
    private boolean atLineStart = true;
    private boolean drained;
    private boolean closed;

    CopyData(ScriptSource source, Runnable whenDrained) {
        this.source = source;
        this.whenDrained = whenDrained;
    }

    boolean isDrained() {
        return drained;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("The data of this COPY was closed.");
        }
        java.util.Objects.checkFromIndexSize(offset, length, target.length);
        int copied = 0;
        while (copied < length && !drained) {
            if (!source.ensure(1) || (atLineStart && skipMarker())) {
                drained = true;
                whenDrained.run();
            } else {
                copied += copyLine(target, offset + copied, length - copied);
            }
        }
        return copied == 0 && length > 0 ? -1 : copied;
    }

    /** Copies up to the end of the line, of the window or of the room, whichever is nearest. */
    private int copyLine(char[] target, int offset, int room) {
        char[] chars = source.chars;
        int from = source.pos;
        int end = Math.min(source.limit, from + room);
        int at = from;
        while (at < end && chars[at] != '\n') {
            at++;
        }
        atLineStart = at < end;
        if (atLineStart) {
            source.lineFeedAt(at++);
        }
        System.arraycopy(chars, from, target, offset, at - from);
        source.pos = at;
        return at - from;
    }

    private boolean skipMarker() {
        source.ensure(MARKER_WITH_LINE_END);
        if (source.peek(0) != '\\' || source.peek(1) != '.') {
            return false;
        }
        int length = source.peek(2) == '\r' ? 3 : 2;
        boolean last = !source.ensure(length + 1);
        if (!last && source.peek(length) != '\n') {
            return false;
        }
        source.pos += length;
        if (!last) {
            source.lineFeedAt(source.pos++);
        }
        return true;
    }

    /** Passes over what was not read. */
    @Override
    public void close() throws IOException {
        char[] waste = new char[8192];
        while (!drained) {
            read(waste, 0, waste.length);
        }
        closed = true;
    }
}
