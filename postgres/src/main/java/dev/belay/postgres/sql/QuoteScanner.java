package dev.belay.postgres.sql;

/** Runs to the end of what is quoted or commented out, handing its characters on as they stream by. */
final class QuoteScanner {
    private final ScriptSource source;

    QuoteScanner(ScriptSource source) {
        this.source = source;
    }

    /** Hands on the next {@code count} characters as a delimiter. */
    void delimiter(TokenSink sink, int count) {
        sink.delimiter(source.chars, source.pos, source.pos + count);
        source.pos += count;
    }

    /** From behind the opening quote to behind the closing one. */
    void quoted(TokenSink sink, char quote, boolean backslashEscapes, String what, int line, int column) {
        while (true) {
            runTo(sink, quote, backslashEscapes ? '\\' : quote, what, line, column);
            boolean two = source.ensure(2);
            char[] chars = source.chars;
            int at = source.pos;
            if (chars[at] == quote && !(two && chars[at + 1] == quote)) {
                delimiter(sink, 1);
                return;
            }
            if (two && chars[at + 1] == '\n') {
                source.lineFeedAt(at + 1);
            }
            int end = two ? at + 2 : at + 1;
            sink.content(chars, at, end);
            source.pos = end;
        }
    }

    /** Hands on content up to the next {@code one} or {@code other}, which then is the next character. */
    private void runTo(TokenSink sink, char one, char other, String what, int line, int column) {
        while (true) {
            char[] chars = source.chars;
            int from = source.pos;
            int limit = source.limit;
            int at = from;
            while (at < limit && chars[at] != one && chars[at] != other) {
                if (chars[at] == '\n') {
                    source.lineFeedAt(at);
                }
                at++;
            }
            if (at > from) {
                sink.content(chars, from, at);
                source.pos = at;
            }
            if (at < limit) {
                return;
            }
            if (!source.ensure(1)) {
                throw unclosed(what, line, column);
            }
        }
    }

    /** From the opening tag of {@code tagLength} characters to behind the closing one. */
    void dollarQuoted(TokenSink sink, int tagLength, int line, int column) {
        char[] tag = java.util.Arrays.copyOfRange(source.chars, source.pos, source.pos + tagLength);
        delimiter(sink, tagLength);
        while (true) {
            runTo(sink, '$', '$', "The dollar-quoted string", line, column);
            if (source.ensure(tagLength) && startsWith(tag)) {
                delimiter(sink, tagLength);
                return;
            }
            sink.content(source.chars, source.pos, source.pos + 1);
            source.pos++;
        }
    }

    private boolean startsWith(char[] tag) {
        for (int i = 0; i < tag.length; i++) {
            if (source.chars[source.pos + i] != tag[i]) {
                return false;
            }
        }
        return true;
    }

    /** From the opening of a block comment to behind its end; block comments nest. */
    void blockComment(TokenSink sink, int line, int column) {
        int depth = 0;
        do {
            char first = source.chars[source.pos];
            char second = source.peek(1);
            int count = 1;
            if (first == '/' && second == '*') {
                depth++;
                count = 2;
            } else if (first == '*' && second == '/') {
                depth--;
                count = 2;
            }
            sink.content(source.chars, source.pos, source.pos + count);
            source.pos += count;
            if (depth > 0) {
                runTo(sink, '*', '/', "The comment", line, column);
            }
        } while (depth > 0);
    }

    /** To the end of the line, which either a line feed or a carriage return makes. */
    void lineComment(TokenSink sink) {
        while (source.ensure(1)) {
            char[] chars = source.chars;
            int from = source.pos;
            int at = from;
            while (at < source.limit && chars[at] != '\n' && chars[at] != '\r') {
                at++;
            }
            sink.content(chars, from, at);
            source.pos = at;
            if (at < source.limit) {
                return;
            }
        }
    }

    private SqlSyntaxException unclosed(String what, int line, int column) {
        return source.error(
                line, column, what + " that begins here is never closed. Nothing from here on was sent; close it.");
    }
}
