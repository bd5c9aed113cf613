package dev.belay.layout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Checksums of texts, for what tools record of them. */
final class Checksums {
    private Checksums() {}

    static String hex(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code atlas migrate hash}. */
    static void writeAtlasSum(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
        ByteArrayOutputStream sofar = new ByteArrayOutputStream();
        StringBuilder sums = new StringBuilder();
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            sofar.write(name.getBytes(StandardCharsets.UTF_8));
            sofar.write(Files.readAllBytes(file));
            String sum = base64(sofar.toByteArray());
            sums.append(name).append(sum);
            lines.append(name).append(" h1:").append(sum).append('\n');
        }
        String total = base64(sums.toString().getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("atlas.sum"), "h1:" + total + "\n" + lines);
    }

    private static String base64(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
