package dev.belay.layout;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.internal.Digest;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checksums of Atlas (sql/migrate/dir.go, NewHashFile and HashFile.Sum): the one of a file is over its name and bytes and
 * those of all files before it; the first line is over all names and checksums.
 */
final class AtlasSum {
    private static final String PREFIX = "h1:";
    private static final String WAY_OUT =
            " If the files are as they should be: atlas migrate hash. If not, restore them.";

    private AtlasSum() {}

    /** The checksums of the files by their names, which are those of the sum file. */
    static Map<String, String> verified(Path sum, List<Path> files) throws IOException {
        Map<String, String> computed = of(files);
        if (!Files.isRegularFile(sum)) {
            if (files.isEmpty()) {
                return computed;
            }
            throw malformed(sum, 0, "there is no such file, and Atlas refuses the directory without it.");
        }
        List<String> lines = Files.readAllLines(sum);
        Map<String, String> recorded = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] entry = lines.get(i).split(PREFIX, 2);
            if (entry.length != 2) {
                throw malformed(sum, i + 1, "the line is no name and checksum.");
            }
            String name = entry[0].strip();
            if (!entry[1].equals(computed.get(name))) {
                throw malformed(
                        sum,
                        i + 1,
                        computed.containsKey(name)
                                ? name + ", or a file before it, is another one than this checksum is of."
                                : name + " is not there.");
            }
            recorded.put(name, entry[1]);
        }
        for (String name : computed.keySet()) {
            if (!recorded.containsKey(name)) {
                throw malformed(sum, 1, name + " has no checksum.");
            }
        }
        if (lines.isEmpty() || !lines.get(0).equals(PREFIX + total(recorded))) {
            throw malformed(sum, 1, "the checksum over all is not the one of the lines below it.");
        }
        return computed;
    }

    private static Map<String, String> of(List<Path> files) throws IOException {
        MessageDigest running = Digest.of("SHA-256");
        Map<String, String> sums = new LinkedHashMap<>();
        byte[] buffer = new byte[1 << 13];
        for (Path file : files) {
            running.update(Disk.name(file).getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    running.update(buffer, 0, n);
                }
            }
            sums.put(Disk.name(file), base64(copy(running)));
        }
        return sums;
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can't be continued in this Java", e);
        }
    }

    private static String total(Map<String, String> sums) {
        MessageDigest digest = Digest.of("SHA-256");
        sums.forEach((name, sum) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(sum.getBytes(StandardCharsets.UTF_8));
        });
        return base64(digest);
    }

    private static String base64(MessageDigest digest) {
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static MalformedRevisionException malformed(Path sum, int line, String problem) {
        return new MalformedRevisionException(sum.toString(), line, problem + WAY_OUT);
    }
}
