package dev.belay.layout;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens text files as {@link Files#newBufferedReader} does; what isn't in the encoding is an error, at the latest when it is read. */
final class StrictText {
    /** A start reads each file, and buffers of the usual size cost more than what is in most of them. */
    private static final int SMALL = 1 << 12;

    private StrictText() {}

    static BufferedReader open(Path file, Charset encoding) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            byte[] begin = in.readNBytes(SMALL);
            if (begin.length == SMALL) {
                InputStream all = new SequenceInputStream(new ByteArrayInputStream(begin), in);
                return new BufferedReader(new InputStreamReader(all, encoding.newDecoder()));
            }
            in.close();
            CharBuffer text = encoding.newDecoder().decode(ByteBuffer.wrap(begin));
            Reader chars = new CharArrayReader(text.array(), text.arrayOffset(), text.length());
            return new BufferedReader(chars, Math.max(1, text.length()));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
