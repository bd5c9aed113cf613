package dev.belay.run.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Ids of runs: the time in UTC, for people, and four random hexadecimal digits, for uniqueness. */
public final class RunIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

    private RunIds() {}

    /** A new id, such as {@code 20261121_031500_9f3c}: short enough for the name of a database. */
    public static String next() {
        return LocalDateTime.now(Clock.systemUTC()).format(TIME)
                + String.format(Locale.ROOT, "_%04x", RANDOM.nextInt(0x10000));
    }
}
