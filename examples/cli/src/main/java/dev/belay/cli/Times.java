package dev.belay.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants for people: to the second, in UTC, as the names of backups are. */
final class Times {
    private Times() {}

    static String words(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
