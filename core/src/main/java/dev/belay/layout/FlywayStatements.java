package dev.belay.layout;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells the statements that Flyway won't run in a transaction (PostgreSQLParser): by their first words, comments and what is in
 * parentheses left out.
 */
final class FlywayStatements {
    /** Without one of these words there is none, and nothing needs to be read closely. */
    private static final Pattern HINT = Pattern.compile(
            "CONCURRENTLY|TABLESPACE|SUBSCRIPTION|DATABASE|SYSTEM|REINDEX|VACUUM|DISCARD", Pattern.CASE_INSENSITIVE);

    private static final Pattern OUTSIDE = Pattern.compile(
            "(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM"
                    + "|(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY|REINDEX( VERBOSE)? (SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL");

    private static final Pattern COPY = Pattern.compile("COPY( .*)? FROM STDIN");
    private static final int MOST_WORDS = 10;

    /**
     * The lines of the first statement of each kind; 0 for none.
     *
     * @param inside the first that runs in a transaction
     * @param outside the first that doesn't
     */
    record Kinds(int inside, int outside) {}

    private final PushbackReader in;
    private int line = 1;
    private int inside;
    private int outside;

    private int begun;
    private final StringBuilder words = new StringBuilder();
    private int count;
    private int parentheses;
    private int blocks;
    private boolean runsOutside;
    private boolean copies;
    private String last = "";

    private FlywayStatements(Reader text) {
        this.in = new PushbackReader(text, 2);
    }

    /** Whether a line is a reason to look. */
    static boolean hintsAtIn(String line) {
        return HINT.matcher(line).find();
    }

    /** Reads to the end. */
    static Kinds of(Reader text) throws IOException {
        FlywayStatements statements = new FlywayStatements(text);
        statements.read();
        return new Kinds(statements.inside, statements.outside);
    }

    private int next() throws IOException {
        int next = in.read();
        if (next == '\n') {
            line++;
        }
        return next;
    }

    private int peek() throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next;
    }

    private void read() throws IOException {
        for (int c = next(); c >= 0; c = next()) {
            if (c == '-' && peek() == '-') {
                skipLine();
            } else if (c == '/' && peek() == '*') {
                skipComment();
            } else if (!Character.isWhitespace(c)) {
                token(c);
            }
        }
        end();
    }

    private void token(int c) throws IOException {
        if (c == ';' && parentheses == 0 && blocks == 0) {
            boolean data = copies;
            end();
            if (data) {
                skipData();
            }
            return;
        }
        begun = begun == 0 ? line : begun;
        switch (c) {
            case '\'' -> skipQuoted('\'', false);
            case '"' -> skipQuoted('"', false);
            case '$' -> skipDollarQuoted();
            case '(' -> parentheses++;
            case ')' -> parentheses--;
            default -> {
                if (Character.isLetter(c) || c == '_') {
                    word(c);
                }
            }
        }
    }

    private void word(int first) throws IOException {
        StringBuilder word = new StringBuilder().append((char) first);
        boolean plain = true;
        for (int c = peek(); Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.'; c = peek()) {
            plain &= c == '_' || Character.isLetter(c);
            word.append((char) next());
        }
        if (peek() == '\'' && word.length() == 1) {
            next();
            skipQuoted('\'', first == 'E' || first == 'e');
        } else if (plain && parentheses == 0) {
            keyword(word.toString().toUpperCase(Locale.ENGLISH));
        }
    }

    private void keyword(String word) {
        if (word.equals("ATOMIC") && last.equals("BEGIN") || word.equals("CASE") && blocks > 0) {
            blocks++;
        } else if (word.equals("END") && blocks > 0) {
            blocks--;
        }
        last = word;
        if (++count <= MOST_WORDS) {
            words.append(words.isEmpty() ? "" : " ").append(word);
            runsOutside |= OUTSIDE.matcher(words).matches();
            copies |= COPY.matcher(words).matches();
        }
    }

    private void end() {
        if (begun > 0) {
            if (runsOutside) {
                outside = outside == 0 ? begun : outside;
            } else {
                inside = inside == 0 ? begun : inside;
            }
        }
        begun = 0;
        words.setLength(0);
        count = 0;
        parentheses = 0;
        blocks = 0;
        runsOutside = false;
        copies = false;
        last = "";
    }

    private void skipLine() throws IOException {
        for (int c = peek(); c >= 0 && c != '\n'; c = peek()) {
            next();
        }
    }

    private void skipComment() throws IOException {
        next();
        int depth = 1;
        for (int c = next(); c >= 0 && depth > 0; c = depth == 0 ? c : next()) {
            if (c == '*' && peek() == '/') {
                next();
                depth--;
            } else if (c == '/' && peek() == '*') {
                next();
                depth++;
            }
        }
    }

    private void skipQuoted(char quote, boolean escapes) throws IOException {
        for (int c = next(); c >= 0; c = next()) {
            if (escapes && c == '\\') {
                next();
            } else if (c == quote) {
                if (peek() != quote) {
                    return;
                }
                next();
            }
        }
    }

    private void skipDollarQuoted() throws IOException {
        StringBuilder tag = new StringBuilder("$");
        for (int c = peek(); Character.isLetterOrDigit(c) || c == '_'; c = peek()) {
            tag.append((char) next());
        }
        if (peek() != '$' || tag.length() > 1 && Character.isDigit(tag.charAt(1))) {
            return; // a parameter
        }
        tag.append((char) next());
        StringBuilder seen = new StringBuilder();
        for (int c = next(); c >= 0; c = next()) {
            seen.append((char) c);
            if (seen.length() > tag.length()) {
                seen.deleteCharAt(0);
            }
            if (seen.compareTo(tag) == 0) {
                return;
            }
        }
    }

    private void skipData() throws IOException {
        skipLine();
        next();
        StringBuilder row = new StringBuilder();
        for (int c = next(); c >= 0; c = next()) {
            if (c != '\n') {
                row.append((char) c);
            } else if (row.toString().strip().equals("\\.")) {
                return;
            } else {
                row.setLength(0);
            }
        }
    }
}
