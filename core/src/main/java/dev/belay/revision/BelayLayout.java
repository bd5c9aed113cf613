package dev.belay.revision;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The layout {@code belay}: one file per revision, with directives in comments. */
final class BelayLayout {
    /** {@code YYYYMMDD_HHMM_<id>_<description>.sql}. */
    private static final Pattern NAME = Pattern.compile("[0-9]{8}_[0-9]{4}_([0-9a-z]{4,40})_(.+)\\.sql");

    private BelayLayout() {}

    /**
     * Reads a revision.
     *
     * @param in the file from its beginning; not closed
     * @throws MalformedRevisionException if it is not as the layout says
     */
    static Revision read(RevisionFile file, InputStream in) throws IOException {
        Matcher name = NAME.matcher(file.name());
        if (!name.matches()) {
            throw new MalformedRevisionException(
                    file.origin(),
                    1,
                    "the file's name is not YYYYMMDD_HHMM_<id>_<description>.sql, with an id of 4 to 40 characters of"
                            + " 0-9a-z. Rename it, or move it away if it is no revision.");
        }
        DigestInputStream digested = new DigestInputStream(in, sha256());
        return new BelayParser(file, new Lines(file.origin(), digested))
                .parse(
                        name.group(1),
                        name.group(2).replace('_', ' '),
                        () -> HexFormat.of()
                                .formatHex(digested.getMessageDigest().digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
