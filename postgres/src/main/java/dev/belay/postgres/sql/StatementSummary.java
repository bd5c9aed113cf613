package dev.belay.postgres.sql;

import java.io.StringReader;
import java.util.Locale;

/** The first words of a statement without any literal. */
final class StatementSummary implements TokenSink {
    private static final int LENGTH = 60;
    private static final String ELLIPSIS = "\u2026";

    private final StringBuilder text = new StringBuilder();
    private TokenKind kind = TokenKind.SPACE;
    private boolean blank;
    private boolean setting;
    private boolean value;
    private int tokenStart;

    private StatementSummary() {}

    static String of(String statement) {
        StatementSummary summary = new StatementSummary();
        SqlLexer lexer = new SqlLexer(new ScriptSource(new StringReader(statement), "a statement", 1));
        TokenKind kind;
        do {
            kind = lexer.next(summary);
            summary.end(kind);
        } while (summary.text.length() <= LENGTH
                && kind != TokenKind.END_OF_STATEMENT
                && kind != TokenKind.END_OF_SCRIPT);
        return summary.finish();
    }

    @Override
    public void begin(TokenKind next) {
        kind = next;
        if (kind.isBlank()) {
            blank = true;
            return;
        }
        if (blank && !text.isEmpty() && kind != TokenKind.END_OF_STATEMENT) {
            text.append(' ');
        }
        blank = false;
        tokenStart = text.length();
        if (kind.isLiteral() || isValue()) {
            text.append(ELLIPSIS);
        }
    }

    private boolean isValue() {
        return value && (kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME || kind == TokenKind.UNICODE_NAME);
    }

    @Override
    public void content(char[] chars, int from, int to) {
        if (kind.isBlank() || kind.isLiteral() || isValue()) {
            return;
        }
        // More than one token's worth is never shown; control characters would break the log's line.
        int shown = Math.min(to, from + LENGTH + 1);
        for (int i = from; i < shown && text.length() <= tokenStart + LENGTH; i++) {
            text.append(Character.isISOControl(chars[i]) ? ' ' : chars[i]);
        }
    }

    @Override
    public void delimiter(char[] chars, int from, int to) {
        if (kind == TokenKind.QUOTED_NAME || kind == TokenKind.UNICODE_NAME) {
            content(chars, from, to);
        }
    }

    /** Recognises what stands for a value without being a literal: the words behind {@code SET name =}. */
    private void end(TokenKind ended) {
        String token = text.substring(Math.min(tokenStart, text.length())).toLowerCase(Locale.ROOT);
        if (ended == TokenKind.WORD && !value && token.equals("set")) {
            setting = true;
        } else if (setting && (token.equals("=") || (ended == TokenKind.WORD && token.equals("to")))) {
            value = true;
        }
    }

    private String finish() {
        String whole = text.toString().strip();
        if (whole.length() <= LENGTH) {
            return whole;
        }
        int cut = whole.lastIndexOf(' ', LENGTH - 2);
        int end = cut > LENGTH / 2 ? cut : LENGTH - 2;
        if (Character.isHighSurrogate(whole.charAt(end - 1))) {
            end--;
        }
        return whole.substring(0, end) + " " + ELLIPSIS;
    }
}
