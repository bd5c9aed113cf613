package dev.belay.postgres.sql;

/**
 * Where a statement ends, by the rules of psql's own scanner (src/fe_utils/psqlscan.l, the same from 14 to 18): at a
 * semicolon outside parentheses and outside the body of a {@code CREATE FUNCTION ... BEGIN ATOMIC ... END}, which is
 * found by counting BEGIN, CASE and END after the leading words. What psql learns from the server, that a COPY wants
 * data, is seen here from {@code COPY ... FROM STDIN}.
 */
final class StatementBoundary {
    private static final int LEADING_WORDS = 4;

    private final char[] leading = new char[LEADING_WORDS];
    private int words;
    private int tokens;
    private int parentheses;
    private int brackets;
    private int bodies;
    private boolean copy;
    private boolean justSawFrom;
    private boolean copyIn;
    private boolean binary;
    private int openLine;
    private int openColumn;

    void reset() {
        java.util.Arrays.fill(leading, ' ');
        words = 0;
        tokens = 0;
        parentheses = 0;
        brackets = 0;
        bodies = 0;
        copy = false;
        justSawFrom = false;
        copyIn = false;
        binary = false;
    }

    void word(char[] chars, int from, int to) {
        boolean afterFrom = justSawFrom;
        justSawFrom = false;
        if (words < LEADING_WORDS) {
            leading[words] = leadingLetter(chars, from, to);
            copy |= tokens == 0 && is(chars, from, to, "copy");
            binary |= copy && words == 1 && is(chars, from, to, "binary");
        }
        words++;
        tokens++;
        if (copy) {
            copyWord(chars, from, to, afterFrom);
        }
    }

    /** Counts BEGIN, CASE and END in a routine; to be called after {@link #word}, with the place of the word. */
    void routineWord(char[] chars, int from, int to, int line, int column) {
        if (parentheses != 0 || !inRoutine()) {
            return;
        }
        if (is(chars, from, to, "begin")) {
            if (bodies++ == 0) {
                opensAt(line, column);
            }
        } else if (bodies > 0 && is(chars, from, to, "case")) {
            bodies++;
        } else if (bodies > 0 && is(chars, from, to, "end")) {
            bodies--;
        }
    }

    private void copyWord(char[] chars, int from, int to, boolean afterFrom) {
        if (copyIn) {
            binary |= is(chars, from, to, "binary");
        } else if (parentheses == 0) {
            // The grammar takes STDIN and STDOUT for either direction (gram.y, copy_file_name).
            copyIn = afterFrom && (is(chars, from, to, "stdin") || is(chars, from, to, "stdout"));
            justSawFrom = is(chars, from, to, "from");
        }
    }

    private boolean inRoutine() {
        return leading[0] == 'c'
                && (isRoutine(leading[1]) || (leading[1] == 'o' && leading[2] == 'r' && isRoutine(leading[3])));
    }

    private static boolean isRoutine(char letter) {
        return letter == 'f' || letter == 'p';
    }

    void otherToken() {
        tokens++;
        justSawFrom = false;
    }

    void punctuation(char c, int line, int column) {
        otherToken();
        switch (c) {
            case '(' -> {
                if (parentheses++ == 0 && bodies == 0) {
                    opensAt(line, column);
                }
            }
            case ')' -> parentheses = Math.max(0, parentheses - 1);
            case '[' -> brackets++;
            case ']' -> brackets = Math.max(0, brackets - 1);
            default -> {
                // Nothing else nests.
            }
        }
    }

    private void opensAt(int line, int column) {
        openLine = line;
        openColumn = column;
    }

    boolean isEmpty() {
        return tokens == 0;
    }

    boolean semicolonEnds() {
        return parentheses == 0 && bodies == 0;
    }

    boolean inParentheses() {
        return parentheses > 0;
    }

    boolean inBrackets() {
        return brackets > 0;
    }

    boolean inBody() {
        return bodies > 0;
    }

    boolean isCopyIn() {
        return copyIn;
    }

    boolean isBinaryCopyIn() {
        return copyIn && binary;
    }

    int openLine() {
        return openLine;
    }

    int openColumn() {
        return openColumn;
    }

    private static char leadingLetter(char[] chars, int from, int to) {
        boolean counts = switch (to - from) {
            case 2 -> is(chars, from, to, "or");
            case 6 -> is(chars, from, to, "create");
            case 7 -> is(chars, from, to, "replace");
            case 8 -> is(chars, from, to, "function");
            case 9 -> is(chars, from, to, "procedure");
            default -> false;
        };
        return counts ? SqlLexer.lower(chars[from]) : ' ';
    }

    /** Whether the characters are this lower-case word in any case; ASCII only, so no locale matters. */
    private static boolean is(char[] chars, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (SqlLexer.lower(chars[from + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
