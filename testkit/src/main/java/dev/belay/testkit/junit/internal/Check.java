package dev.belay.testkit.junit.internal;

import java.util.Optional;

/**
 * One of the tests of a class.
 *
 * @param id unique in its class, and the same from run to run
 * @param name for people
 * @param origin the revision's file, where it is about one
 * @param body what is done; throws what a test throws
 */
record Check(String id, String name, Optional<String> origin, Body body) {
    /** What a test does. */
    @FunctionalInterface
    interface Body {
        void run(Session session) throws Exception;
    }

    Check(String id, String name, Body body) {
        this(id, name, Optional.empty(), body);
    }
}
