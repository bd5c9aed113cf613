package dev.belay.layout;

import java.io.BufferedReader;
import java.io.IOException;
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
