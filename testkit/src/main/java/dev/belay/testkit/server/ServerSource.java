package dev.belay.testkit.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One place to have a server from. */
interface ServerSource {
    /** What the log calls it. */
    String name();

    Answer open(Wish wish);

    /** What the caller asks for beyond a server. */
    record Wish(boolean durable, Map<String, String> settings, Optional<Path> programs) {
        public Wish {
            settings = Map.copyOf(settings);
        }

        /** Whether a server that is already running would do. */
        boolean isPlain() {
            return !durable && settings.isEmpty() && programs.isEmpty();
        }

        /** The settings of the server's configuration; those of the caller come last and so win. */
        Map<String, String> configuration() {
            Map<String, String> all = new LinkedHashMap<>();
            if (!durable) {
                // What a throwaway server may lose at a power cut is nobody's loss.
                all.put("fsync", "off");
                all.put("full_page_writes", "off");
                all.put("synchronous_commit", "off");
            }
            all.putAll(settings);
            return all;
        }
    }

    /** A server, or why there is none. */
    sealed interface Answer {
        /** A server, with the words that say what it was started from. */
        record Found(PostgresServer server, String how) implements Answer {}

        /** No server from here. */
        record None(String reason) implements Answer {}
    }
}
