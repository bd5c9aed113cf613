package dev.belay.revision;

import java.util.Objects;

/**
 * One direction of a revision: a script, Java code, or the word that there is no way.
 *
 * @since 0.1
 */
public sealed interface Change {
    /** Whether the change runs inside a transaction. An irreversible one, which never runs, says true. */
    boolean transactional();

    /**
     * Statements in a script.
     *
     * @param script where the statements are read from, each time anew
     * @param transactional false: statement by statement, outside a transaction
     */
    record Sql(Script script, boolean transactional) implements Change {
        public Sql {
            Objects.requireNonNull(script, "script");
        }
    }

    /**
     * Java code.
     *
     * @param code what is run
     * @param transactional false: on a connection in autocommit
     */
    record Code(JavaChange code, boolean transactional) implements Change {
        public Code {
            Objects.requireNonNull(code, "code");
        }

        /** Of a revision that only a tool can run, which may commit in the middle: here it fails. */
        public static Code runBy(String tool) {
            return new Code(
                    connection -> {
                        throw new UnsupportedOperationException(tool + " runs this revision itself");
                    },
                    false);
        }
    }

    /**
     * A downgrade that does not exist.
     *
     * @param reason why; not blank
     */
    record Irreversible(String reason) implements Change {
        public Irreversible {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("reason is blank: an irreversible revision says why it is");
            }
            reason = reason.strip();
        }

        @Override
        public boolean transactional() {
            return true;
        }
    }
}
