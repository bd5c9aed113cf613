package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that is needed to reach a database.
 *
 * @param parameters further settings, by pgjdbc's names
 */
record ConnectionSettings(
        List<Host> hosts,
        String database,
        String user,
        Optional<String> password,
        Map<String, String> parameters,
        PassFile passFile) {

    ConnectionSettings {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
        if (hosts.size() > 1 && hosts.stream().anyMatch(Host::isSocket)) {
            throw new InvalidDatabaseUrlException("A Unix socket can't be one of several hosts. Name it alone.");
        }
        if (database.isEmpty() || user.isEmpty()) {
            throw new InvalidDatabaseUrlException(
                    "The database URL names no " + (database.isEmpty() ? "database" : "user")
                            + ". Write it as postgresql://user@host:5432/database.");
        }
    }

    ConnectionSettings named(String name) {
        return new ConnectionSettings(hosts, name, user, password, parameters, passFile);
    }

    /** The given password, else that of the password file, which is read each time so that a rotated one is found. */
    Optional<String> effectivePassword() {
        return password.or(() -> hosts.stream()
                .flatMap(host -> passFile.find(host, database, user).stream())
                .findFirst());
    }

    String location() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + database;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }

    /** Without the password, also of keys. */
    @Override
    public String toString() {
        return user + "@" + location();
    }
}
