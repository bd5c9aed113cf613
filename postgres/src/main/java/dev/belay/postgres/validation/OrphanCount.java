package dev.belay.postgres.validation;

import java.util.Optional;

/**
 * What was seen of a foreign key.
 *
 * @param key which
 * @param orphans how many rows break it
 * @param failure why it could not be looked at
 */
record OrphanCount(ForeignKey key, long orphans, Optional<String> failure) {
    String label() {
        return label(key);
    }

    static String label(ForeignKey key) {
        return "foreign key \"" + key.name() + "\" of " + key.child();
    }
}
