package dev.belay.postgres.sql;

/** What a token of a script is. The letter goes into the checksum: never change or reuse one. */
enum TokenKind {
    /** Spaces, tabs, form feeds and line ends. */
    SPACE(' '),
    /** A {@code --} or a (nested) block comment. */
    COMMENT('-'),
    /** A keyword or an unquoted identifier. */
    WORD('w'),
    /** A quoted identifier; its content is without the outer quotes. */
    QUOTED_NAME('q'),
    /** A quoted identifier with Unicode escapes. */
    UNICODE_NAME('Q'),
    /** A string as the standard has it: a backslash is only a backslash. */
    STRING('s'),
    /** A string in which a backslash escapes: {@code E'...'}. */
    ESCAPE_STRING('e'),
    /** A string with Unicode escapes: {@code U&'...'}. */
    UNICODE_STRING('u'),
    /** {@code N'...'}. */
    NATIONAL_STRING('n'),
    /** {@code B'...'}. */
    BIT_STRING('b'),
    /** {@code X'...'}. */
    HEX_STRING('x'),
    /** A dollar-quoted string; its tags are delimiters, not content. */
    DOLLAR_STRING('d'),
    /** A number. */
    NUMBER('1'),
    /** A parameter such as {@code $1}. */
    PARAMETER('p'),
    /** One or more operator characters. */
    OPERATOR('o'),
    /** Parentheses, brackets, commas, dots, colons, and whatever is none of the other. */
    PUNCTUATION('.'),
    /** The semicolon that ends a statement; one within parentheses or a body is {@link #PUNCTUATION}. */
    END_OF_STATEMENT(';'),
    /** There is no more. */
    END_OF_SCRIPT('\0');

    private final char letter;

    TokenKind(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    boolean isBlank() {
        return this == SPACE || this == COMMENT;
    }

    boolean isLiteral() {
        return switch (this) {
            case STRING,
                    ESCAPE_STRING,
                    UNICODE_STRING,
                    NATIONAL_STRING,
                    BIT_STRING,
                    HEX_STRING,
                    DOLLAR_STRING,
                    NUMBER -> true;
            default -> false;
        };
    }
}
