package dev.belay.postgres.layout;

import dev.belay.engine.RevisionFailedException;
import dev.belay.postgres.revision.RevisionScript;
import dev.belay.postgres.sql.SqlSyntaxException;
import dev.belay.revision.Change;
import dev.belay.revision.DatabaseScript;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.Script;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A revision of another tool as a file of Belay's layout.
 *
 * @param layout the tool
 * @param revision as it was read
 * @param id with Belay
 * @param parents with Belay
 */
record ImportedFile(String layout, Revision revision, String id, List<String> parents) {
    private static final String DIRECTIVE = "-- belay:";
    private static final char MARK = '\uFEFF';

    /** Refuses what would not run with Belay as it is, or not the same. */
    void check() {
        check(revision.upgrade());
        check(revision.downgrade());
    }

    private void check(Change change) {
        if (change instanceof Change.Code) {
            throw malformed(revision.origin(), 0, "it is code and no SQL. Rewrite it as SQL, or keep it in Java");
        }
        if (change instanceof Change.Sql sql) {
            if (sql.script() instanceof DatabaseScript) {
                throw malformed(
                        sql.script().origin(),
                        0,
                        "it has a placeholder that another database fills with another value. Write the value, or"
                                + " current_user, current_schema(), current_database() in its place");
            }
            try {
                RevisionScript.of(sql.script()).check(revision.id(), sql.transactional());
            } catch (SqlSyntaxException e) {
                throw malformed(e.origin(), e.line(), String.valueOf(e.getMessage()));
            } catch (RevisionFailedException e) {
                throw malformed(sql.script().origin(), 0, String.valueOf(e.getMessage()));
            }
        }
    }

    private MalformedRevisionException malformed(String origin, int line, String problem) {
        return new MalformedRevisionException(
                origin,
                line,
                "revision " + revision.id() + " can't be imported: " + problem + (problem.endsWith(".") ? "" : ".")
                        + " Nothing was written.");
    }

    void write(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            out.write(DIRECTIVE + "revision " + id + "\n");
            if (!parents.isEmpty()) {
                out.write(DIRECTIVE + "parents " + String.join(", ", parents) + "\n");
            }
            if (!revision.description().isBlank()) {
                out.write(DIRECTIVE + "description " + line(revision.description()) + "\n");
            }
            out.write("-- Imported from " + layout + ": " + line(revision.id()) + " in "
                    + line(ImportedNames.file(revision)) + "\n\n");
            if (section("upgrade", revision.upgrade(), out)) {
                out.write("\n");
            }
            section("downgrade", revision.downgrade(), out);
        }
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ").strip();
    }

    /** Whether an empty line may follow: behind the data of a COPY it would be a row. */
    private static boolean section(String name, Change change, Writer out) throws IOException {
        if (change instanceof Change.Irreversible irreversible) {
            out.write(DIRECTIVE + "irreversible " + line(irreversible.reason()) + "\n");
        } else if (change instanceof Change.Sql sql) {
            out.write(DIRECTIVE + name + (sql.transactional() ? "" : " no-transaction") + "\n");
            return copy(sql.script(), out) == ';';
        }
        return false;
    }

    /** As it is, but that no line is a directive; answers with the last character that is no blank. */
    private static int copy(Script script, Writer out) throws IOException {
        try (BufferedReader in = new BufferedReader(script.open())) {
            in.mark(1);
            if (in.read() != MARK) {
                in.reset();
            }
            boolean begins = true;
            int last = ';';
            while (true) {
                if (begins && isDirective(in)) {
                    out.write(' ');
                }
                int next = in.read();
                if (next < 0) {
                    break;
                }
                out.write(next);
                begins = next == '\n';
                last = Character.isWhitespace(next) ? last : next;
            }
            if (!begins) {
                out.write('\n');
            }
            return last;
        }
    }

    private static boolean isDirective(BufferedReader in) throws IOException {
        in.mark(DIRECTIVE.length());
        boolean same = true;
        for (int i = 0; same && i < DIRECTIVE.length(); i++) {
            same = in.read() == DIRECTIVE.charAt(i);
        }
        in.reset();
        return same;
    }

    /** What was written, as Belay reads it, must say the same. */
    void requireSame(Revision written) {
        requireSame(revision.upgrade(), written.upgrade());
        requireSame(revision.downgrade(), written.downgrade());
    }

    private void requireSame(Change before, Change after) {
        if (before instanceof Change.Sql one && after instanceof Change.Sql other) {
            String now = RevisionScript.of(other.script()).checksum();
            if (!now.equals(RevisionScript.of(one.script()).checksum())
                    && !now.equals(RevisionScript.of(one.script().rewritten(text -> new Ended(text.open())))
                            .checksum())) {
                throw malformed(
                        one.script().origin(),
                        0,
                        "a line inside of a string, a function's body or the data of a COPY begins with \"" + DIRECTIVE
                                + "\", which Belay would take for a directive. Change that line");
            }
        } else if (before.getClass() != after.getClass()) {
            throw malformed(revision.origin(), 0, "written, it isn't what it was: " + after);
        }
    }

    /** A text with the end of line that its last one lacks: the row of a COPY that ends there is the same. */
    private static final class Ended extends FilterReader {
        private boolean ended;

        Ended(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count < 0 && !ended && length > 0) {
                ended = true;
                target[offset] = '\n';
                return 1;
            }
            return count;
        }
    }
}
