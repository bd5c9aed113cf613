package dev.belay.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.testkit.fault.Act.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows what a client sends on one connection, as far as is needed to know which statement an Execute executes
 * (PostgreSQL: Frontend/Backend Protocol, Message Formats).
 */
final class Frontend {
    /** A statement about to be executed. */
    record Executed(Kind kind, String sql) {}

    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();

    /** The act that a message is; empty when it changes nothing. */
    Optional<Executed> look(byte type, byte[] body) {
        Body read = new Body(body);
        switch (type) {
            case 'P' -> statements.put(read.string(), read.string());
            case 'B' -> portals.put(read.string(), statements.getOrDefault(read.string(), ""));
            case 'Q' -> {
                return executed(read.string());
            }
            case 'E' -> {
                return executed(portals.getOrDefault(read.string(), ""));
            }
            case 'c' -> {
                return Optional.of(new Executed(Kind.COPY, "end of the data of COPY"));
            }
            default -> {
                // the other messages execute nothing
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Executed> executed(String sql) {
        return Statements.kind(sql).map(kind -> new Executed(kind, sql));
    }

    /** The strings of a message; each ends with a zero byte. */
    private static final class Body {
        private final byte[] bytes;
        private int at;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        String string() {
            int begin = at;
            int end = begin;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            at = Math.min(end + 1, bytes.length);
            return new String(bytes, begin, end - begin, UTF_8);
        }
    }

    /** The parameters of a startup message, after its length and version. */
    static Map<String, String> parameters(byte[] startup) {
        Map<String, String> parameters = new HashMap<>();
        Body read = new Body(startup);
        for (String name = read.string(); !name.isEmpty(); name = read.string()) {
            parameters.put(name, read.string());
        }
        return parameters;
    }
}
