package dev.belay.postgres.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java has. */
public final class Sha256 {
    private final MessageDigest digest;

    /** Of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }

    /** Goes on with the first of some bytes. */
    public void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** Goes on with a text, in UTF-8. */
    public void update(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of all so far, in lower-case hexadecimal digits; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
