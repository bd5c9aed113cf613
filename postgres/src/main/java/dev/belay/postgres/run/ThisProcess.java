package dev.belay.postgres.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What this process is called by others who wait for it. */
final class ThisProcess {
    private ThisProcess() {}

    /** Host and process id; also behind a pooler, where the server sees neither. */
    static String name() {
        return "host " + host() + ", process " + ProcessHandle.current().pid();
    }

    private static String host() {
        // containers set it, and a name server that doesn't answer would take seconds
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(ThisProcess::lookedUp);
    }

    private static String lookedUp() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown"; // it has no name; the process id is left
        }
    }
}
