package dev.belay.postgres.sql;

import java.io.StringReader;

/** The names in a statement, as opposed to its literals. */
public final class StatementNames implements TokenSink {
    /** No name is longer than 63 bytes; a word beyond this many characters is none. */
    private static final int LONGEST = 128;

    private final StringBuilder text = new StringBuilder();
    private boolean keep;

    private StatementNames() {}

    /**
     * Whether the statement has this name or word outside of its literals and comments. Tells a name in a server's message
     * from a value; answers false when the statement can't be read.
     */
    public static boolean contain(String statement, String name) {
        StatementNames names = new StatementNames();
        SqlLexer lexer = new SqlLexer(new ScriptSource(new StringReader(statement), "a statement", 1));
        try {
            for (TokenKind kind = lexer.next(names); more(kind); kind = lexer.next(names)) {
                if (names.keep && names.text.toString().replace("\"\"", "\"").equalsIgnoreCase(name)) {
                    return true;
                }
            }
        } catch (SqlSyntaxException e) {
            return false; // what can't be read can't vouch for anything
        }
        return false;
    }

    private static boolean more(TokenKind kind) {
        return kind != TokenKind.END_OF_STATEMENT && kind != TokenKind.END_OF_SCRIPT;
    }

    @Override
    public void begin(TokenKind kind) {
        text.setLength(0);
        keep = kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
    }

    @Override
    public void content(char[] chars, int from, int to) {
        if (keep && text.length() < LONGEST) {
            text.append(chars, from, Math.min(to, from + LONGEST) - from);
        }
    }

    @Override
    public void delimiter(char[] chars, int from, int to) {
        // the quotes don't belong to the name
    }
}
