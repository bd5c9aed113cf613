package dev.belay.layout;

import dev.belay.layout.Numbered.Migration;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.internal.Digest;
import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Prisma (schema-engine/connectors/schema-connector): a directory {@code <time>_<name>} for each migration, with
 * {@code migration.sql}. Prisma has no way down; where a {@code down.sql} lies beside, Belay takes it.
 */
final class Prisma implements Layout {
    private static final String SCRIPT = "migration.sql";
    private static final String LOCK = "migration_lock.toml";
    private static final int BUFFER = 1 << 13;

    @Override
    public String name() {
        return "prisma";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        return Files.isRegularFile(directory.resolve(LOCK))
                || Numbered.entries(directory).stream().anyMatch(path -> Files.isRegularFile(path.resolve(SCRIPT)));
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        requirePostgres(directory.resolve(LOCK));
        List<Migration> migrations = new ArrayList<>();
        for (Path path : Numbered.entries(directory)) {
            if (Files.isDirectory(path)) {
                migrations.add(migration(path));
            }
        }
        return Numbered.inOrder(migrations, Comparator.naturalOrder());
    }

    /** As read_provider_from_lock_file does it: the first line that begins with the word. */
    private static void requirePostgres(Path lock) throws IOException {
        if (!Files.isRegularFile(lock)) {
            return;
        }
        int number = 0;
        for (String line : Files.readAllLines(lock)) {
            number++;
            if (line.startsWith("provider")) {
                String provider =
                        line.replaceFirst("^provider\\s*=\\s*", "").strip().replace("\"", "");
                if (!provider.equals("postgresql")) {
                    throw new MalformedRevisionException(
                            lock.toString(),
                            number,
                            "the provider is " + provider + "; Belay runs migrations of postgresql only.");
                }
                return;
            }
        }
        throw new MalformedRevisionException(
                lock.toString(), 1, "there is no line that begins with provider. Restore the file.");
    }

    private static Migration migration(Path path) throws IOException {
        String name = Disk.name(path);
        Path script = path.resolve(SCRIPT);
        Path down = path.resolve("down.sql");
        if (!Files.isRegularFile(script)) {
            throw new MalformedRevisionException(
                    path.toString(), 1, "it has no " + SCRIPT + ". Add it, or remove the directory.");
        }
        return new Migration(
                name,
                Numbered.words(name.replaceFirst("^[0-9]+", "")),
                script,
                Lone.change(script),
                Files.isRegularFile(down)
                        ? Lone.change(down)
                        : new Change.Irreversible("Prisma has no way down, and there is no down.sql beside it"),
                accepted(script));
    }

    /** As checksum.rs does it: of the file, and as it would be with other ends of its lines. */
    private static Map<String, String> accepted(Path script) throws IOException {
        MessageDigest plain = Digest.of("SHA-256");
        MessageDigest lf = Digest.of("SHA-256");
        MessageDigest crlf = Digest.of("SHA-256");
        byte[] read = new byte[BUFFER];
        byte[] shorter = new byte[BUFFER + 1];
        byte[] longer = new byte[2 * BUFFER];
        boolean held = false;
        try (InputStream in = Files.newInputStream(script)) {
            for (int n = in.read(read); n >= 0; n = in.read(read)) {
                int less = 0;
                int more = 0;
                for (int i = 0; i < n; i++) {
                    byte each = read[i];
                    if (held && each != '\n') {
                        shorter[less++] = '\r';
                    }
                    held = each == '\r';
                    if (!held) {
                        shorter[less++] = each;
                    }
                    if (each == '\n') {
                        longer[more++] = '\r';
                    }
                    longer[more++] = each;
                }
                plain.update(read, 0, n);
                lf.update(shorter, 0, less);
                crlf.update(longer, 0, more);
            }
        }
        if (held) {
            lf.update((byte) '\r');
        }
        return Map.of(
                CHECKSUM, Digest.hex(plain), CHECKSUM + ".lf", Digest.hex(lf), CHECKSUM + ".crlf", Digest.hex(crlf));
    }
}
