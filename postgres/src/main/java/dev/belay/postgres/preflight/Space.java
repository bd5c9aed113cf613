package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Compares what is free with what is needed. */
final class Space {
    private static final double LEAST = 1.1;
    private static final double COMFORTABLE = 1.3;

    private Space() {}

    static List<Finding> shortage(Check check, Path directory, long bytes, String what) {
        try {
            return shortage(
                    check, directory, bytes, what, Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return List.of(check.minor("the free space of " + directory + " could not be asked: "
                    + e.getClass().getSimpleName() + "."));
        }
    }

    static List<Finding> shortage(Check check, Path directory, long bytes, String what, long free) {
        if (free >= bytes * COMFORTABLE) {
            return List.of();
        }
        String message =
                directory + " has " + megabytes(free) + " free; " + what + " needs about " + megabytes(bytes) + ".";
        return List.of(
                free < bytes * LEAST ? check.critical(message, check.about().wayOut()) : check.minor(message));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes / (1 << 20));
    }
}
