package dev.belay.revision;

import dev.belay.revision.RevisionFile.Reading;
import dev.belay.revision.internal.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The layout {@code belay}: one file per revision, with directives in comments. */
final class BelayLayout {
    /** Most revisions fit. */
    private static final int SMALL = 1 << 12;

    private BelayLayout() {}

    /**
     * Reads revisions.
     *
     * @param files calls what it is given with each of them
     * @throws MalformedRevisionException if one is not as the layout says
     */
    static List<Revision> read(Consumer<Reading> files) {
        List<Revision> revisions = new ArrayList<>();
        files.accept((file, in) -> revisions.add(read(file, in)));
        return List.copyOf(revisions);
    }

    private static Revision read(RevisionFile file, InputStream in) throws IOException {
        FileName name = name(file);
        DigestInputStream digested = new DigestInputStream(in, Digest.of("SHA-256"));
        return new BelayParser(file, new Lines(file.origin(), digested))
                .parse(name.id(), name.description().replace('_', ' '), () -> Digest.hex(digested.getMessageDigest()));
    }

    /** {@link Revision#FILE_SHA256} of each, by its id; empty where two files are of one id. */
    static Optional<Map<String, String>> checksums(Consumer<Reading> files) {
        Map<String, String> checksums = new LinkedHashMap<>();
        AtomicBoolean twice = new AtomicBoolean();
        MessageDigest digest = Digest.of("SHA-256");
        byte[] buffer = new byte[SMALL];
        files.accept((file, in) -> {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            twice.compareAndSet(false, checksums.put(name(file).id(), Digest.hex(digest)) != null);
        });
        return twice.get() ? Optional.empty() : Optional.of(checksums);
    }

    private static FileName name(RevisionFile file) {
        return FileName.of(file.name())
                .orElseThrow(() -> new MalformedRevisionException(
                        file.origin(),
                        1,
                        "the file's name is not YYYYMMDD_HHMM_<id>_<description>.sql, with an id of 4 to 40 characters of"
                                + " 0-9a-z. Rename it, or move it away if it is no revision."));
    }
}
