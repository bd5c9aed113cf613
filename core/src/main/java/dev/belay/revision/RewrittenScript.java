package dev.belay.revision;

import java.io.IOException;
import java.io.Reader;
import java.util.Objects;

/** A script whose text is made of another's. */
record RewrittenScript(Script script, Rewriting rewriting) implements Script {
    RewrittenScript {
        Objects.requireNonNull(rewriting, "rewriting");
    }

    @Override
    public String origin() {
        return script.origin();
    }

    @Override
    public int firstLine() {
        return script.firstLine();
    }

    @Override
    public Reader open() throws IOException {
        return rewriting.open(script);
    }

    @Override
    public String toString() {
        return origin() + ":" + firstLine();
    }
}
