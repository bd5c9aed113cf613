package dev.belay.layout;

import dev.belay.revision.Change;
import dev.belay.revision.SectionedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file that its tool sends in one message, without a transaction of its own. The server makes a transaction of it, except
 * when there is one statement alone: that is how such a file builds an index concurrently.
 */
final class Lone {
    /** Larger ones have more than one statement. */
    private static final int MOST_BYTES = 1 << 13;

    private static final Pattern COMMENT = Pattern.compile("--[^\\r\\n]*|(?s:/\\*.*?\\*/)");

    private static final Pattern STATEMENT = Pattern.compile("(?is)\\uFEFF?\\s*(?:"
            + "(?:create(?:\\s+unique)?|drop)\\s+index\\s+concurrently|reindex\\b[^;]*\\bconcurrently|vacuum|"
            + "alter\\s+table\\b[^;]*\\bdetach\\s+partition\\b[^;]*\\bconcurrently|"
            + "alter\\s+system|(?:create|drop)\\s+(?:database|tablespace|subscription))\\b[^;]*;?\\s*");

    private Lone() {}

    /** The file as a change: outside a transaction if it is one statement that can't run in one. */
    static Change.Sql change(Path file) throws IOException {
        var script = SectionedFile.whole(file);
        boolean alone = Files.size(file) <= MOST_BYTES
                && STATEMENT.matcher(withoutComments(file)).matches();
        return new Change.Sql(script, !alone);
    }

    private static String withoutComments(Path file) throws IOException {
        return COMMENT.matcher(Files.readString(file, StandardCharsets.UTF_8)).replaceAll(" ");
    }
}
