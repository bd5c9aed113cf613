package dev.belay.layout;

import dev.belay.revision.DatabaseScript;
import dev.belay.revision.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file of Flyway's, read anew each time.
 *
 * @param placeholders what is put in, if anything is
 * @param facts what is known of the database
 */
record FlywayScript(Path file, Charset encoding, Optional<Placeholders> placeholders, Map<String, String> facts)
        implements Script {
    FlywayScript {
        facts = Map.copyOf(facts);
    }

    @Override
    public String origin() {
        return file.toString();
    }

    @Override
    public int firstLine() {
        return 1;
    }

    @Override
    public Reader open() throws IOException {
        BufferedReader reader = StrictText.open(file, encoding);
        reader.mark(1);
        if (reader.read() != '\ufeff') {
            reader.reset();
        }
        return filled(reader, (name, fromDatabase, line) -> {});
    }

    /** The text with its byte order mark, as checksums are made of it. */
    Reader open(Placeholders.Met met) throws IOException {
        return filled(StrictText.open(file, encoding), met);
    }

    private Reader filled(Reader text, Placeholders.Met met) {
        return placeholders.isEmpty() ? text : placeholders.get().replacing(text, file, facts, met);
    }

    /** One whose placeholders only the database can fill. */
    DatabaseScript forADatabase() {
        return new ForADatabase(this);
    }

    @Override
    public String toString() {
        return origin() + ":1";
    }

    private record ForADatabase(FlywayScript script) implements DatabaseScript {
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
            return script.open();
        }

        @Override
        public Script in(Map<String, String> facts) {
            return new FlywayScript(script.file, script.encoding, script.placeholders, facts);
        }
    }
}
