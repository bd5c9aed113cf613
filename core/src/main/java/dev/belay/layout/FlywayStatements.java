package dev.belay.layout;

import java.io.IOException;
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

    private final Characters in;
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
        this.in = new Characters(text);
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

    private void read() throws IOException {
        for (int c = in.next(); c >= 0; c = in.next()) {
            if (c == '-' && in.peek() == '-') {
                skipLine();
            } else if (c == '/' && in.peek() == '*') {
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
        begun = begun == 0 ? in.line() : begun;
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
        for (int c = in.peek(); Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.'; c = in.peek()) {
            plain &= c == '_' || Character.isLetter(c);
            word.append((char) in.next());
        }
        if (in.peek() == '\'' && word.length() == 1) {
            in.next();
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
        for (int c = in.peek(); c >= 0 && c != '\n'; c = in.peek()) {
            in.next();
        }
    }

    private void skipComment() throws IOException {
        in.next();
        int depth = 1;
        for (int c = in.next(); c >= 0 && depth > 0; c = depth == 0 ? c : in.next()) {
            if (c == '*' && in.peek() == '/') {
                in.next();
                depth--;
            } else if (c == '/' && in.peek() == '*') {
                in.next();
                depth++;
            }
        }
    }

    private void skipQuoted(char quote, boolean escapes) throws IOException {
        for (int c = in.next(); c >= 0; c = in.next()) {
            if (escapes && c == '\\') {
                in.next();
            } else if (c == quote) {
                if (in.peek() != quote) {
                    return;
                }
                in.next();
            }
        }
    }

    private void skipDollarQuoted() throws IOException {
        StringBuilder tag = new StringBuilder("$");
        for (int c = in.peek(); Character.isLetterOrDigit(c) || c == '_'; c = in.peek()) {
            tag.append((char) in.next());
        }
        if (in.peek() != '$' || tag.length() > 1 && Character.isDigit(tag.charAt(1))) {
            return; // a parameter
        }
        tag.append((char) in.next());
        StringBuilder seen = new StringBuilder();
        for (int c = in.next(); c >= 0; c = in.next()) {
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
        in.next();
        StringBuilder row = new StringBuilder();
        for (int c = in.next(); c >= 0; c = in.next()) {
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
