package dev.belay.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output, in UTF-8. A reader that goes away ({@code belay history | head}) is harmless: what follows is thrown
 * away. Any other failure is kept and told at the end, for a truncated file must not look complete.
 */
final class Output implements Appendable {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private static final Gson LINES = new GsonBuilder().disableHtmlEscaping().create();

    private final Writer writer;
    private Optional<IOException> failure = Optional.empty();

    Output(OutputStream stream) {
        this.writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    }

    Output line(String text) {
        return append(text).append('\n');
    }

    void json(JsonElement document) {
        line(GSON.toJson(document));
    }

    /** A document of several, each in a line of its own; written at once. */
    void jsonLine(JsonElement document) {
        line(LINES.toJson(document)).write(writer::flush);
    }

    @Override
    public Output append(CharSequence text) {
        return write(() -> writer.append(text));
    }

    @Override
    public Output append(CharSequence text, int start, int end) {
        return write(() -> writer.append(text, start, end));
    }

    @Override
    public Output append(char character) {
        return write(() -> writer.append(character));
    }

    /** Flushes; what went wrong except that the reader went away. */
    Optional<IOException> end() {
        write(writer::flush);
        return failure.filter(e -> !String.valueOf(e.getMessage()).contains("Broken pipe"));
    }

    private Output write(Work work) {
        if (failure.isEmpty()) {
            try {
                work.run();
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
        return this;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
