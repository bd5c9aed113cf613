package dev.belay.postgres.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;

/**
 * A checksum over what a script says, not over how it is laid out: the SHA-256 of its tokens.
 *
 * <p>No change: comments, blanks, line ends (also those within strings, bodies and COPY data: a checkout on Windows must
 * not change a revision), a byte order mark, the case of keywords and unquoted identifiers, the tag of a dollar quote,
 * an empty statement, a missing last semicolon. A change: everything else.
 *
 * <p>Needs constant memory, whatever the size of the script or of a literal in it. Depends on no locale.
 *
 * @since 0.1
 */
public final class ScriptChecksum {
    private ScriptChecksum() {}

    /**
     * The checksum of a script, as 64 hexadecimal digits in lower case.
     *
     * @param script the text; read to its end, not closed
     * @param origin the name by which messages call the script
     * @throws SqlSyntaxException when the script cannot be split into statements
     * @throws UncheckedIOException when the script cannot be read
     */
    public static String of(Reader script, String origin) {
        SqlLexer lexer = new SqlLexer(new ScriptSource(script, origin, 1));
        TokenHash hash = new TokenHash();
        TokenKind kind;
        do {
            kind = lexer.next(hash);
            if (kind == TokenKind.END_OF_STATEMENT || kind == TokenKind.END_OF_SCRIPT) {
                endStatement(lexer, hash);
            }
        } while (kind != TokenKind.END_OF_SCRIPT);
        return hash.hex();
    }

    /** The checksum of a script at hand as a string. */
    public static String of(String script) {
        return of(new StringReader(script), "a script");
    }

    private static void endStatement(SqlLexer lexer, TokenHash hash) {
        if (!lexer.boundary().isEmpty()) {
            hash.endStatement();
            lexer.copyData().ifPresent(data -> addCopyData(data, hash));
        }
        lexer.nextStatement();
    }

    private static void addCopyData(CopyData data, TokenHash hash) {
        char[] chars = new char[1 << 13];
        hash.beginCopyData();
        try {
            for (int n = data.read(chars, 0, chars.length); n >= 0; n = data.read(chars, 0, chars.length)) {
                hash.content(chars, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hash.endToken();
    }
}
