package dev.belay.postgres.sql;

/**
 * Whether a quote goes on with the {@code E'...'} before it. The standard lets a string continue behind a line end;
 * psql, which scans line by line, sees only such line ends as are a carriage return within its line, and we split
 * where psql does.
 */
final class EscapeContinuation {
    private enum State {
        NONE,
        /** The closing quote was the last of its line so far. */
        AT_QUOTE,
        /** Spaces or a comment followed on the same line. */
        ON_LINE,
        /** A carriage return was seen. */
        NEXT_LINE
    }

    private State state = State.NONE;

    void closed(boolean escapeString) {
        state = escapeString ? State.AT_QUOTE : State.NONE;
    }

    void cancel() {
        state = State.NONE;
    }

    void comment() {
        if (state == State.AT_QUOTE) {
            state = State.ON_LINE;
        }
    }

    void space(char[] chars, int from, int to) {
        for (int i = from; i < to && state != State.NONE; i++) {
            if (chars[i] == '\n') {
                state = state == State.AT_QUOTE ? State.AT_QUOTE : State.NONE;
            } else if (chars[i] == '\r') {
                state = State.NEXT_LINE;
            } else if (state == State.AT_QUOTE) {
                state = State.ON_LINE;
            }
        }
    }

    boolean continues() {
        return state == State.NEXT_LINE;
    }
}
