package dev.belay.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Flyway's checksum (ChecksumCalculator): CRC-32 over the lines in UTF-8, without their ends and without a byte order mark.
 *
 * @since 0.1
 */
public final class LineChecksum {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private LineChecksum() {}

    /** Reads to the end. */
    public static int of(Reader text) throws IOException {
        return of(text, line -> {});
    }

    /**
     * The same of what is in UTF-8, without making text of it.
     *
     * @param bytes a buffer of three or more
     */
    static int ofUtf8(InputStream in, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        int n = in.readNBytes(bytes, 0, bytes.length);
        int from = n >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF ? 3 : 0;
        while (n > 0) {
            for (int i = from; i < n; i++) {
                if (bytes[i] == '\n' || bytes[i] == '\r') {
                    crc.update(bytes, from, i - from);
                    from = i + 1;
                }
            }
            crc.update(bytes, from, n - from);
            from = 0;
            n = n < bytes.length ? 0 : in.readNBytes(bytes, 0, bytes.length);
        }
        return (int) crc.getValue();
    }

    /** The same, and shows each line. */
    static int of(Reader text, Consumer<String> lines) throws IOException {
        CRC32 crc = new CRC32();
        BufferedReader reader = text instanceof BufferedReader buffered ? buffered : new BufferedReader(text);
        String line = reader.readLine();
        if (line != null && line.startsWith(BYTE_ORDER_MARK)) {
            line = line.substring(1);
        }
        while (line != null) {
            crc.update(line.getBytes(StandardCharsets.UTF_8));
            lines.accept(line);
            line = reader.readLine();
        }
        return (int) crc.getValue();
    }
}
