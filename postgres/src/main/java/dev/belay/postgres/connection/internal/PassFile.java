package dev.belay.postgres.connection.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password file as libpq reads it: lines of {@code host:port:database:user:password}, {@code *} for any value, a backslash
 * before a colon or backslash that is meant. See "The Password File" in PostgreSQL's documentation.
 */
record PassFile(Optional<Path> path) {
    private static final Logger LOG = LoggerFactory.getLogger(PassFile.class);
    private static final Set<PosixFilePermission> FOREIGN = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<String> DEFAULT_SOCKETS = Set.of("/tmp", "/run/postgresql", "/var/run/postgresql");

    static PassFile none() {
        return new PassFile(Optional.empty());
    }

    Optional<String> find(Host host, String database, String user) {
        if (path.isEmpty() || !isUsable(path.get())) {
            return Optional.empty();
        }
        try (var lines = Files.lines(path.get())) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(PassFile::fields)
                    .filter(fields -> fields.size() >= 5 && matches(fields, host, database, user))
                    .map(fields -> fields.get(4))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("The password file {} can't be read and is ignored", path.get(), e);
            return Optional.empty();
        }
    }

    private static boolean isUsable(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            boolean foreign = Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(FOREIGN::contains);
            if (foreign) {
                LOG.warn(
                        "The password file {} can be read by others and is ignored, as libpq does; run: chmod 0600 {}",
                        file,
                        file);
            }
            return !foreign;
        } catch (IOException e) {
            LOG.warn("The permissions of the password file {} can't be read; it is ignored", file, e);
            return false;
        }
    }

    private static boolean matches(List<String> fields, Host host, String database, String user) {
        boolean sameHost = isOrAny(fields.get(0), host.name())
                || (host.isSocket()
                        && DEFAULT_SOCKETS.contains(host.name())
                        && fields.get(0).equals("localhost"));
        return sameHost
                && isOrAny(fields.get(1), Integer.toString(host.port()))
                && isOrAny(fields.get(2), database)
                && isOrAny(fields.get(3), user);
    }

    private static boolean isOrAny(String field, String value) {
        return field.equals("*") || field.equals(value);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
