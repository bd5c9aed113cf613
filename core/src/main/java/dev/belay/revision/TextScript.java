package dev.belay.revision;

import java.io.Reader;
import java.io.StringReader;
import java.util.Objects;

/** A script in memory. */
record TextScript(String origin, int firstLine, String text) implements Script {
    TextScript {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public Reader open() {
        return new StringReader(text);
    }

    @Override
    public String toString() {
        return origin + ":" + firstLine; // the text may hold literals, which no log shows
    }
}
