package dev.belay.postgres.sql;

/** Takes the characters of a token as they stream by, so that no token is ever held whole. */
interface TokenSink {
    /** A token begins. */
    void begin(TokenKind kind);

    /** The next part of what a token says: the inside of a string, all of a word. */
    void content(char[] chars, int from, int to);

    /** The quotes, prefixes and tags around the content. */
    void delimiter(char[] chars, int from, int to);
}
