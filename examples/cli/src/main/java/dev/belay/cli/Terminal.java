package dev.belay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether standard error is looked at by a person. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Java can't tell of standard error alone; Linux can. */
    static boolean isStandardError(Map<String, String> variables) {
        if ("dumb".equals(variables.get("TERM"))) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // elsewhere nothing tells: plain lines are right everywhere
            return false;
        }
    }

    /** The convention of no-color.org: set, to whatever. */
    static boolean mayColour(Map<String, String> variables) {
        return variables.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
