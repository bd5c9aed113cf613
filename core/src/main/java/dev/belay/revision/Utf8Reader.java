package dev.belay.revision;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads a stretch of a stream as UTF-8 and says on which line it is not. */
final class Utf8Reader extends Reader {
    private static final int CHUNK = 1 << 14;

    private final String origin;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    private final CharBuffer chars = CharBuffer.allocate(CHUNK).flip();
    private long remaining;
    private int line;

    /**
     * @param in where the stretch begins; closed with the reader
     * @param length its length in bytes
     * @param firstLine the number of its first line
     */
    Utf8Reader(String origin, InputStream in, long length, int firstLine) {
        this.origin = origin;
        this.in = in;
        this.remaining = length;
        this.line = firstLine;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (remaining == 0 && !bytes.hasRemaining()) {
                return -1;
            }
            decodeMore();
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    private void decodeMore() throws IOException {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, remaining == 0);
        chars.flip();
        if (chars.hasRemaining()) {
            line += (int) chars.chars().filter(each -> each == '\n').count();
        } else if (result.isError()) {
            throw new MalformedRevisionException(origin, line, "the line is not UTF-8. Save the file as UTF-8.");
        } else {
            readMore();
        }
    }

    private void readMore() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), (int) Math.min(bytes.remaining(), remaining));
        if (count < 0) {
            throw new EOFException(origin + " has become shorter since it was first read.");
        }
        remaining -= count;
        bytes.position(bytes.position() + count);
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
