package dev.belay.cli;

import java.io.Writer;

/** Lets the parser write its help to where everything else goes. */
final class OutputWriter extends Writer {
    private final Output out;

    OutputWriter(Output out) {
        this.out = out;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        out.append(new String(characters, offset, length));
    }

    @Override
    public void flush() {
        // the program flushes once, at its end
    }

    @Override
    public void close() {
        // it is not this writer's to close
    }
}
