package dev.belay.layout;

/** Sees from the words of a statement whether rows follow it: {@code COPY ... FROM STDIN}. */
final class PsqlCopy {
    private int words;
    private int parentheses;
    private boolean copy;
    private boolean from;
    private boolean rows;

    /** In lower case. */
    void word(String word) {
        if (parentheses == 0) {
            copy |= words++ == 0 && word.equals("copy");
            rows |= copy && from && (word.equals("stdin") || word.equals("stdout"));
            from = word.equals("from");
        }
    }

    /** Whether it ends a statement that rows follow. */
    boolean symbol(char c) {
        if (c == '(') {
            parentheses++;
        } else if (c == ')') {
            parentheses = Math.max(0, parentheses - 1);
        } else if (c == ';' && parentheses == 0) {
            boolean follow = rows;
            words = 0;
            copy = false;
            from = false;
            rows = false;
            return follow;
        }
        return false;
    }
}
