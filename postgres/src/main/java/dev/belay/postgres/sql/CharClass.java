package dev.belay.postgres.sql;

import java.util.Arrays;

/** What PostgreSQL's scanner takes a character for when a token begins with it (src/backend/parser/scan.l). */
final class CharClass {
    static final byte OTHER = 0;
    static final byte SPACE = 1;
    static final byte LETTER = 2;
    static final byte DIGIT = 3;
    static final byte OPERATOR = 4;

    /** The most of an operator that is looked at in one go; the server allows 63 characters. */
    static final int LONGEST_OPERATOR = 64;

    private static final byte[] ASCII = new byte[128];

    static {
        for (char c : " \t\n\r\f\u000B".toCharArray()) {
            ASCII[c] = SPACE;
        }
        for (char c : "~!@#^&|`?+-*/%<>=".toCharArray()) {
            ASCII[c] = OPERATOR;
        }
        Arrays.fill(ASCII, 'a', 'z' + 1, LETTER);
        Arrays.fill(ASCII, 'A', 'Z' + 1, LETTER);
        ASCII['_'] = LETTER;
        Arrays.fill(ASCII, '0', '9' + 1, DIGIT);
    }

    private CharClass() {}

    /** Everything beyond ASCII counts as a letter, as in the server. */
    static byte of(char c) {
        return c < 128 ? ASCII[c] : LETTER;
    }

    static boolean isLetter(char c) {
        return of(c) == LETTER;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isInTag(char c) {
        byte charClass = of(c);
        return charClass == LETTER || charClass == DIGIT;
    }

    static boolean isInWord(char c) {
        return isInTag(c) || c == '$';
    }
}
