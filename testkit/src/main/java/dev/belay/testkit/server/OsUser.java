package dev.belay.testkit.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom to run the server's programs as: PostgreSQL refuses to run as root. */
record OsUser(Optional<UserPrincipal> other) {
    private static final List<String> CANDIDATES = List.of("postgres", "nobody");

    static OsUser forServers() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new OsUser(Optional.empty());
        }
        UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
        IOException missing = new IOException("none");
        for (String candidate : CANDIDATES) {
            try {
                return new OsUser(Optional.of(users.lookupPrincipalByName(candidate)));
            } catch (IOException e) {
                missing = e;
            }
        }
        throw new PostgresServerException(
                "this JVM runs as root, PostgreSQL does not, and there is no user " + String.join(" or ", CANDIDATES)
                        + " to run it as",
                missing);
    }

    /** The command line that runs a command as this user. */
    List<String> command(String... command) {
        List<String> whole = new ArrayList<>();
        if (other.isPresent()) {
            String name = other.get().getName();
            if (Files.isExecutable(Path.of("/usr/sbin/runuser")) || Files.isExecutable(Path.of("/sbin/runuser"))) {
                whole.addAll(List.of("runuser", "-u", name, "--"));
            } else {
                // BusyBox and macOS have no runuser. The first word after -c is the shell's $0.
                whole.addAll(List.of("su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"));
            }
        }
        whole.addAll(List.of(command));
        return whole;
    }

    /** Makes a file or a directory this user's. */
    void own(Path path) throws IOException {
        if (other.isPresent()) {
            Files.setOwner(path, other.get());
        }
    }
}
