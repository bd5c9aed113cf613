package dev.belay.revision.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums over the bytes of a file, as tools record them. */
public final class Digest {
    private Digest() {}

    /** Of a file, in lower-case hexadecimal digits. */
    public static String hex(Path file, String algorithm) throws IOException {
        MessageDigest digest = of(algorithm);
        byte[] buffer = new byte[1 << 13];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return hex(digest);
    }

    /** Of what was added so far, in lower-case hexadecimal digits; begins anew. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of an algorithm that every Java has. */
    public static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is missing in this Java", e);
        }
    }
}
