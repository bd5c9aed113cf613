package dev.belay.postgres.sql;

import java.util.Optional;

/**
 * Cuts a script into tokens as PostgreSQL does, and into statements as psql does. No token is held whole: its
 * characters go to a {@link TokenSink} as they come.
 */
final class SqlLexer {
    /** Words up to this length are seen whole; no keyword is longer. */
    private static final int LONGEST_KEYWORD = 64;

    private final ScriptSource source;
    private final QuoteScanner quotes;
    private final PsqlSyntax psql;
    private final StatementBoundary boundary = new StatementBoundary();
    private final EscapeContinuation continuation = new EscapeContinuation();
    private TokenKind before = TokenKind.END_OF_STATEMENT;
    private TokenKind beforeBlanks = TokenKind.END_OF_STATEMENT;
    private boolean beforeIsClosing;
    private int line;
    private int column;

    SqlLexer(ScriptSource source) {
        this.source = source;
        this.quotes = new QuoteScanner(source);
        this.psql = new PsqlSyntax(source);
        boundary.reset();
    }

    /** The line where the last token began. */
    int line() {
        return line;
    }

    StatementBoundary boundary() {
        return boundary;
    }

    /** Begins the next statement; to be called after {@link TokenKind#END_OF_STATEMENT}. */
    void nextStatement() {
        boundary.reset();
    }

    /**
     * The data of the COPY that just ended, to be drained before the next token; empty for any other statement. psql
     * reads it from the line below, and only then goes on with what follows the semicolon.
     */
    Optional<CopyData> copyData() {
        if (!boundary.isCopyIn()) {
            return Optional.empty();
        }
        if (boundary.isBinaryCopyIn()) {
            throw source.error(
                    "COPY FROM STDIN in binary format cannot have its data in a script. The statement was not"
                            + " sent; use the text or CSV format.");
        }
        int atLine = source.line();
        int atColumn = source.column();
        String rest = source.takeRestOfLine();
        return Optional.of(new CopyData(source, () -> {
            if (!rest.isBlank()) {
                source.insertLine(rest, atLine, atColumn);
            }
        }));
    }

    /** Hands the next token to the sink and says what it was. */
    TokenKind next(TokenSink sink) {
        if (!source.ensure(1)) {
            refuseUnclosed();
            return TokenKind.END_OF_SCRIPT;
        }
        line = source.line();
        column = source.column();
        TokenKind kind = token(sink, source.chars[source.pos]);
        before = kind;
        if (!kind.isBlank()) {
            beforeBlanks = kind;
        }
        return kind;
    }

    private void refuseUnclosed() {
        if (!boundary.semicolonEnds()) {
            throw source.error(
                    boundary.openLine(),
                    boundary.openColumn(),
                    boundary.inBody()
                            ? "the BEGIN here has no END, so that no later semicolon ends a statement. The statement"
                                    + " was not sent; close it, or put a name that is a keyword in double quotes."
                            : "the parenthesis opened here is never closed, so that no later semicolon ends a"
                                    + " statement. The statement was not sent; close it.");
        }
    }

    private TokenKind token(TokenSink sink, char c) {
        byte charClass = CharClass.of(c);
        if (charClass == CharClass.SPACE) {
            return space(sink);
        }
        if (c == '-' && source.peek(1) == '-') {
            sink.begin(TokenKind.COMMENT);
            quotes.lineComment(sink);
            continuation.comment();
            return TokenKind.COMMENT;
        }
        if (c == '\'' && continuation.continues()) {
            return string(sink, TokenKind.ESCAPE_STRING, 1);
        }
        continuation.cancel();
        return switch (charClass) {
            case CharClass.LETTER -> word(sink, c);
            case CharClass.DIGIT -> number(sink);
            case CharClass.OPERATOR -> c == '/' && source.peek(1) == '*' ? blockComment(sink) : operator(sink);
            default -> other(sink, c);
        };
    }

    private TokenKind space(TokenSink sink) {
        sink.begin(TokenKind.SPACE);
        char[] chars = source.chars;
        int at = source.pos;
        while (at < source.limit && CharClass.of(chars[at]) == CharClass.SPACE) {
            if (chars[at] == '\n') {
                source.lineFeedAt(at);
            }
            at++;
        }
        continuation.space(chars, source.pos, at);
        return content(sink, TokenKind.SPACE, at);
    }

    private TokenKind content(TokenSink sink, TokenKind kind, int end) {
        sink.content(source.chars, source.pos, end);
        source.pos = end;
        return kind;
    }

    private TokenKind blockComment(TokenSink sink) {
        sink.begin(TokenKind.COMMENT);
        quotes.blockComment(sink, line, column);
        return TokenKind.COMMENT;
    }

    private TokenKind word(TokenSink sink, char c) {
        char second = source.peek(1);
        if (second == '\'') {
            switch (lower(c)) {
                case 'e':
                    return string(sink, TokenKind.ESCAPE_STRING, 2);
                case 'b':
                    return string(sink, TokenKind.BIT_STRING, 2);
                case 'x':
                    return string(sink, TokenKind.HEX_STRING, 2);
                case 'n':
                    return string(sink, TokenKind.NATIONAL_STRING, 2);
                default:
                    break;
            }
        } else if (second == '&' && lower(c) == 'u') {
            char third = source.peek(2);
            if (third == '\'') {
                return string(sink, TokenKind.UNICODE_STRING, 3);
            }
            if (third == '"') {
                return quotedName(sink, TokenKind.UNICODE_NAME, 3);
            }
        }
        return plainWord(sink);
    }

    private TokenKind plainWord(TokenSink sink) {
        source.ensure(LONGEST_KEYWORD);
        sink.begin(TokenKind.WORD);
        int end = endOfWord(source.pos);
        boundary.word(source.chars, source.pos, end);
        boundary.routineWord(source.chars, source.pos, end, line, column);
        restOfWord(sink, end);
        return TokenKind.WORD;
    }

    private int endOfWord(int from) {
        char[] chars = source.chars;
        int at = from;
        while (at < source.limit && CharClass.isInWord(chars[at])) {
            at++;
        }
        return at;
    }

    /** Hands on up to {@code end}, and when that is the end of the window, what is left of the word behind it. */
    private void restOfWord(TokenSink sink, int end) {
        content(sink, TokenKind.WORD, end);
        while (source.pos == source.limit && source.ensure(1)) {
            content(sink, TokenKind.WORD, endOfWord(source.pos));
        }
    }

    private TokenKind string(TokenSink sink, TokenKind kind, int opening) {
        sink.begin(kind);
        boundary.otherToken();
        quotes.delimiter(sink, opening);
        boolean escapes = kind == TokenKind.ESCAPE_STRING;
        quotes.quoted(sink, '\'', escapes, "The string", line, column);
        continuation.closed(escapes);
        return kind;
    }

    private TokenKind quotedName(TokenSink sink, TokenKind kind, int opening) {
        sink.begin(kind);
        boundary.otherToken();
        quotes.delimiter(sink, opening);
        quotes.quoted(sink, '"', false, "The quoted identifier", line, column);
        return kind;
    }

    /** Digits, and whatever the server would take or refuse together with them ({@code 1.5e-3}, {@code 0x1F}, {@code 1_000}). */
    private TokenKind number(TokenSink sink) {
        sink.begin(TokenKind.NUMBER);
        boundary.otherToken();
        boolean based = source.peek(0) == '0' && "xob".indexOf(lower(source.peek(1))) >= 0;
        boolean exponentSeen = based;
        boolean junk = false;
        while (source.ensure(3) || source.ensure(1)) {
            char c = source.chars[source.pos];
            int exponent = exponentSeen || junk || lower(c) != 'e' ? 0 : exponentLength();
            boolean point = c == '.' && !exponentSeen && !junk && source.peek(1) != '.';
            if (exponent > 0) {
                exponentSeen = true;
                content(sink, TokenKind.NUMBER, source.pos + exponent);
            } else if (point || CharClass.isInTag(c) || (junk && c == '$')) {
                // The server refuses letters behind a number, but takes them together with it (since 15).
                junk |= CharClass.isLetter(c) && c != '_' && !based;
                content(sink, TokenKind.NUMBER, source.pos + 1);
            } else {
                break;
            }
        }
        return TokenKind.NUMBER;
    }

    /** How much of {@code e+5} stands here up to its first digit, 0 when it is no exponent. */
    private int exponentLength() {
        char next = source.peek(1);
        if (CharClass.isDigit(next)) {
            return 2;
        }
        return (next == '+' || next == '-') && CharClass.isDigit(source.peek(2)) ? 3 : 0;
    }

    private TokenKind operator(TokenSink sink) {
        source.ensure(CharClass.LONGEST_OPERATOR);
        sink.begin(TokenKind.OPERATOR);
        boundary.otherToken();
        char[] chars = source.chars;
        int from = source.pos;
        int most = Math.min(source.limit, from + CharClass.LONGEST_OPERATOR);
        int end = from;
        boolean signMayEnd = false;
        while (end < most && CharClass.of(chars[end]) == CharClass.OPERATOR && !isCommentAt(chars, end)) {
            signMayEnd |= "~!@#^&|`?%".indexOf(chars[end]) >= 0;
            end++;
        }
        // As in scan.l: "=-" is two operators, "@-" is one.
        while (!signMayEnd && end > from + 1 && (chars[end - 1] == '+' || chars[end - 1] == '-')) {
            end--;
        }
        return content(sink, TokenKind.OPERATOR, end);
    }

    private boolean isCommentAt(char[] chars, int at) {
        return at + 1 < source.limit
                && ((chars[at] == '-' && chars[at + 1] == '-') || (chars[at] == '/' && chars[at + 1] == '*'));
    }

    private TokenKind other(TokenSink sink, char c) {
        switch (c) {
            case '\'':
                return string(sink, TokenKind.STRING, 1);
            case '"':
                return quotedName(sink, TokenKind.QUOTED_NAME, 1);
            case '$':
                return dollar(sink);
            case '\\':
                psql.command(sink, boundary.isEmpty());
                return TokenKind.COMMENT;
            case ';':
                if (boundary.semicolonEnds()) {
                    sink.begin(TokenKind.END_OF_STATEMENT);
                    quotes.delimiter(sink, 1);
                    return TokenKind.END_OF_STATEMENT;
                }
                break;
            case ':':
                psql.refuseVariable(!boundary.inBrackets() && !colonMayJoin());
                break;
            case '.':
                if (CharClass.isDigit(source.peek(1))) {
                    return number(sink);
                }
                break;
            default:
                break;
        }
        return punctuation(sink, c);
    }

    /** In {@code JSON_OBJECT('key':value)} the colon stands behind an operand, which psql's variables rarely do. */
    private boolean colonMayJoin() {
        return boundary.inParentheses()
                && (beforeBlanks.isLiteral()
                        || beforeBlanks == TokenKind.QUOTED_NAME
                        || beforeBlanks == TokenKind.PARAMETER
                        || (beforeBlanks == TokenKind.PUNCTUATION && beforeIsClosing)
                        || before == TokenKind.WORD);
    }

    private TokenKind punctuation(TokenSink sink, char c) {
        boundary.punctuation(c, line, column);
        char second = source.peek(1);
        boolean pair = (c == ':' && (second == ':' || second == '=')) || (c == '.' && second == '.');
        beforeIsClosing = c == ')' || c == ']';
        sink.begin(TokenKind.PUNCTUATION);
        return content(sink, TokenKind.PUNCTUATION, source.pos + (pair ? 2 : 1));
    }

    private TokenKind dollar(TokenSink sink) {
        char second = source.peek(1);
        if (CharClass.isDigit(second)) {
            sink.begin(TokenKind.PARAMETER);
            boundary.otherToken();
            int length = 1;
            while (source.ensure(length + 1) && CharClass.isDigit(source.chars[source.pos + length])) {
                length++;
            }
            content(sink, TokenKind.PARAMETER, source.pos + length);
            if (CharClass.isLetter(source.peek(0))) {
                // The server refuses "$1a", but takes the letters together with the parameter (since 15).
                restOfWord(sink, endOfWord(source.pos));
            }
            return TokenKind.PARAMETER;
        }
        int tag = tagLength(second);
        if (tag == 0) {
            return punctuation(sink, '$');
        }
        sink.begin(TokenKind.DOLLAR_STRING);
        boundary.otherToken();
        quotes.dollarQuoted(sink, tag, line, column);
        return TokenKind.DOLLAR_STRING;
    }

    /** The length of the tag that begins here with both its dollar signs, 0 when it is none. */
    private int tagLength(char second) {
        if (second != '$' && !CharClass.isLetter(second)) {
            return 0;
        }
        int length = 1;
        while (source.ensure(length + 1)) {
            char c = source.chars[source.pos + length++];
            if (c == '$') {
                return length;
            }
            if (!CharClass.isInTag(c)) {
                return 0;
            }
        }
        return 0;
    }

    /** ASCII only, as the server folds in UTF-8: no locale changes what a keyword is. */
    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
