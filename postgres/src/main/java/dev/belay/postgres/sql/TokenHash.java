package dev.belay.postgres.sql;

/**
 * The SHA-256 over a sequence of tokens: of each its kind's letter, its characters and a NUL. No token can hold a NUL
 * ({@link ScriptSource} refuses it), so that no two sequences of tokens look the same.
 *
 * <p>The form is recorded in the history of databases: a change of it needs a new name for the algorithm.
 */
final class TokenHash implements TokenSink {
    private static final char TOKEN_END = '\0';
    private static final char COPY_DATA = 'c';
    private static final int SIZE = 1 << 13;
    /** A UTF-16 unit becomes at most three bytes; surrogates are encoded one by one. */
    private static final int MOST_BYTES = 3;

    private final Sha256 digest = new Sha256();
    private final byte[] bytes = new byte[SIZE];
    private int filled;
    private boolean open;
    private boolean ignored;
    private boolean folds;
    private boolean carriageReturn;

    @Override
    public void begin(TokenKind kind) {
        endToken();
        ignored = kind.isBlank() || kind == TokenKind.END_OF_STATEMENT;
        if (!ignored) {
            folds = kind == TokenKind.WORD;
            open = true;
            put(kind.letter());
        }
    }

    void beginCopyData() {
        endToken();
        ignored = false;
        folds = false;
        open = true;
        put(COPY_DATA);
    }

    void endToken() {
        if (open) {
            putCarriageReturn();
            put(TOKEN_END);
            open = false;
        }
    }

    void endStatement() {
        endToken();
        put(TokenKind.END_OF_STATEMENT.letter());
        put(TOKEN_END);
    }

    @Override
    public void content(char[] chars, int from, int to) {
        if (ignored) {
            return;
        }
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c == '\r') {
                putCarriageReturn();
                carriageReturn = true;
                continue;
            }
            if (carriageReturn && c != '\n') {
                putCarriageReturn();
            }
            carriageReturn = false;
            put(folds ? SqlLexer.lower(c) : c);
        }
    }

    /** A carriage return counts unless a line feed follows. */
    private void putCarriageReturn() {
        if (carriageReturn) {
            carriageReturn = false;
            put('\r');
        }
    }

    @Override
    public void delimiter(char[] chars, int from, int to) {
        // The kind's letter stands for them; a dollar quote's tag says nothing.
    }

    private void put(char c) {
        if (filled > SIZE - MOST_BYTES) {
            flush();
        }
        if (c < 0x80) {
            bytes[filled++] = (byte) c;
        } else if (c < 0x800) {
            bytes[filled++] = (byte) (0xC0 | c >> 6);
            bytes[filled++] = (byte) (0x80 | c & 0x3F);
        } else {
            bytes[filled++] = (byte) (0xE0 | c >> 12);
            bytes[filled++] = (byte) (0x80 | c >> 6 & 0x3F);
            bytes[filled++] = (byte) (0x80 | c & 0x3F);
        }
    }

    private void flush() {
        digest.update(bytes, filled);
        filled = 0;
    }

    String hex() {
        endToken();
        flush();
        return digest.hex();
    }
}
