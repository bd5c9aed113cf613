package dev.belay.postgres.sql;

import java.io.Reader;
import java.io.StringReader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a script statement by statement, split where psql (15 to 18) would split it.
 *
 * <p>Only the statement at hand is held in memory; the data of a {@code COPY ... FROM STDIN} streams. A byte order mark
 * is passed over, empty statements are skipped, and the last statement needs no semicolon. The data of a COPY begins on
 * the line below its semicolon and ends at a line {@code \.}, or with the script.
 *
 * <p>Limitations:
 * <ul>
 *   <li>psql's commands and variables are refused, except for {@code restrict} and {@code unrestrict}, which pg_dump
 *       writes and which are passed over;
 *   <li>{@code standard_conforming_strings} is taken to be on, as it is by default;
 *   <li>a parenthesis or a BEGIN that is never closed is refused, where psql would send all the rest as one.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class StatementReader implements Iterator<SqlStatement>, AutoCloseable {
    /** A buffer that grew beyond this many characters is let go after its statement. */
    private static final int KEPT_CAPACITY = 1 << 20;

    private final ScriptSource source;
    private final SqlLexer lexer;
    private final String origin;
    private final Collector collector = new Collector();
    private int index;
    private @Nullable SqlStatement upcoming;
    private @Nullable CopyData undrained;

    /**
     * A reader of a script.
     *
     * @param script the text; closed with this reader
     * @param origin the name by which messages call the script
     * @param firstLine the number of its first line; 1 unless the script is a part of a file
     */
    public StatementReader(Reader script, String origin, int firstLine) {
        this.origin = origin;
        this.source = new ScriptSource(script, origin, firstLine);
        this.lexer = new SqlLexer(source);
    }

    /** A reader of a whole file. */
    public StatementReader(Reader script, String origin) {
        this(script, origin, 1);
    }

    /** A reader of a script at hand as a string. */
    public static StatementReader of(String script, String origin) {
        return new StatementReader(new StringReader(script), origin);
    }

    /**
     * Whether another statement follows.
     *
     * @throws SqlSyntaxException when the script cannot be split further
     * @throws IllegalStateException when the data of the COPY before was neither read to its end nor closed
     * @throws java.io.UncheckedIOException when the script cannot be read
     */
    @Override
    public boolean hasNext() {
        if (upcoming == null) {
            upcoming = read();
        }
        return upcoming != null;
    }

    /**
     * The next statement.
     *
     * @throws NoSuchElementException when there is none
     * @throws SqlSyntaxException when the script cannot be split further
     * @throws IllegalStateException when the data of the COPY before was neither read to its end nor closed
     * @throws java.io.UncheckedIOException when the script cannot be read
     */
    @Override
    public SqlStatement next() {
        if (!hasNext() || upcoming == null) {
            throw new NoSuchElementException(origin + " has no statement after number " + index);
        }
        SqlStatement statement = upcoming;
        upcoming = null;
        return statement;
    }

    private @Nullable SqlStatement read() {
        if (undrained != null && !undrained.isDrained()) {
            throw new IllegalStateException("The data of COPY statement " + index + " of " + origin
                    + " was not read to its end. Read or close it before the next statement.");
        }
        undrained = null;
        while (true) {
            collector.reset();
            lexer.nextStatement();
            TokenKind kind;
            do {
                kind = lexer.next(collector);
            } while (kind != TokenKind.END_OF_STATEMENT && kind != TokenKind.END_OF_SCRIPT);
            if (collector.started) {
                return statement();
            }
            if (kind == TokenKind.END_OF_SCRIPT) {
                return null;
            }
        }
    }

    private SqlStatement statement() {
        String text = collector.text.substring(0, collector.end);
        Optional<CopyData> data = lexer.copyData();
        undrained = data.orElse(null);
        return new SqlStatement(text, origin, collector.line, ++index, data.map(Reader.class::cast));
    }

    /** Closes the script. */
    @Override
    public void close() {
        source.close();
    }

    /** Gathers the text of a statement from its first token to its last. */
    private final class Collector implements TokenSink {
        private StringBuilder text = new StringBuilder();
        private boolean started;
        private boolean inToken;
        private int line;
        private int end;

        void reset() {
            if (text.capacity() > KEPT_CAPACITY) {
                text = new StringBuilder();
            }
            text.setLength(0);
            started = false;
            inToken = false;
            end = 0;
        }

        @Override
        public void begin(TokenKind kind) {
            inToken = !kind.isBlank() && kind != TokenKind.END_OF_STATEMENT;
            if (inToken && !started) {
                started = true;
                line = lexer.line();
            }
        }

        @Override
        public void content(char[] chars, int from, int to) {
            if (started) {
                text.append(chars, from, to - from);
                if (inToken) {
                    end = text.length();
                }
            }
        }

        @Override
        public void delimiter(char[] chars, int from, int to) {
            content(chars, from, to);
        }
    }
}
