package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGProperty;

/** Takes both kinds of URL apart. No message repeats a part that may be a password. */
final class UrlParser {
    /** A URL's parts, each empty where the URL leaves it out; parameters under pgjdbc's names. */
    record Parts(
            List<Host> hosts,
            String database,
            String user,
            Optional<String> password,
            Optional<String> passFile,
            Map<String, String> parameters) {}

    private static final String JDBC = "jdbc:postgresql:";

    private UrlParser() {}

    static Parts parse(String url) {
        if (url.startsWith(JDBC)) {
            return jdbc(url.substring(JDBC.length()));
        }
        for (String scheme : List.of("postgresql://", "postgres://")) {
            if (url.startsWith(scheme)) {
                return libpq(url.substring(scheme.length()));
            }
        }
        throw new InvalidDatabaseUrlException(
                "The database URL starts with neither jdbc:postgresql:// nor postgresql:// nor"
                        + " postgres://. Write it as postgresql://user@host:5432/database.");
    }

    private static Parts jdbc(String rest) {
        int question = rest.indexOf('?');
        String before = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> query = query(question < 0 ? "" : rest.substring(question + 1), true);
        String authority = "";
        String database = before;
        if (before.startsWith("//")) {
            int slash = before.indexOf('/', 2);
            authority = before.substring(2, slash < 0 ? before.length() : slash);
            database = slash < 0 ? "" : before.substring(slash + 1);
        }
        if (authority.indexOf('@') >= 0) {
            throw new InvalidDatabaseUrlException(
                    "A jdbc:postgresql: URL takes no user:password@ before the host. Write"
                            + " jdbc:postgresql://host:5432/database?user=...&password=..., or leave out \"jdbc:\".");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            if (PGProperty.forName(name) == null) {
                throw new InvalidDatabaseUrlException("The database URL has the parameter \"" + name
                        + "\", which the PostgreSQL JDBC driver doesn't know. Remove it or correct its name.");
            }
            parameters.put(name, value);
        });
        if (parameters.containsKey("service")) {
            throw new InvalidDatabaseUrlException(
                    "The database URL's parameter \"service\" isn't supported. Give host, port and database in the URL.");
        }
        String user = Optional.ofNullable(parameters.remove("user")).orElse("");
        Optional<String> password = Optional.ofNullable(parameters.remove("password"));
        return new Parts(hosts(authority), decode(database, true), user, password, Optional.empty(), parameters);
    }

    private static Parts libpq(String rest) {
        int question = rest.indexOf('?');
        String before = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> query = query(question < 0 ? "" : rest.substring(question + 1), false);
        int slash = before.indexOf('/');
        String authority = slash < 0 ? before : before.substring(0, slash);
        String database = slash < 0 ? "" : decode(before.substring(slash + 1), false);
        int at = authority.indexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        String user = decode(colon < 0 ? login : login.substring(0, colon), false);
        Optional<String> password =
                colon < 0 ? Optional.empty() : Optional.of(decode(login.substring(colon + 1), false));

        List<Host> hosts = queryHosts(hosts(authority.substring(at + 1)), query);
        database = Optional.ofNullable(query.remove("dbname")).orElse(database);
        user = Optional.ofNullable(query.remove("user")).orElse(user);
        password = query.containsKey("password") ? Optional.of(query.remove("password")) : password;
        Optional<String> passFile = Optional.ofNullable(query.remove("passfile"));
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> LibpqParameters.put(name, value, parameters));
        return new Parts(hosts, database, user, password, passFile, parameters);
    }

    private static List<Host> queryHosts(List<Host> given, Map<String, String> query) {
        String host = query.remove("host");
        String port = query.remove("port");
        if (host == null && port == null) {
            return given;
        }
        String[] names = host == null ? given.stream().map(Host::name).toArray(String[]::new) : host.split(",", -1);
        String[] ports = port == null ? new String[0] : port.split(",", -1);
        if (names.length == 0) {
            names = new String[] {"localhost"};
        }
        if (ports.length > 1 && ports.length != names.length) {
            throw new InvalidDatabaseUrlException(
                    "The database URL has " + ports.length + " ports for " + names.length + " hosts.");
        }
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            int ofHost = i < given.size() ? given.get(i).port() : Host.DEFAULT_PORT;
            String text = ports.length == 0 ? "" : ports[ports.length == 1 ? 0 : i];
            hosts.add(new Host(names[i].isEmpty() ? "localhost" : names[i], text.isEmpty() ? ofHost : Host.port(text)));
        }
        return hosts;
    }

    private static List<Host> hosts(String authority) {
        List<Host> hosts = new ArrayList<>();
        if (!authority.isEmpty()) {
            for (String one : authority.split(",", -1)) {
                hosts.add(Host.parse(decode(one, false)));
            }
        }
        return hosts;
    }

    private static Map<String, String> query(String text, boolean plusIsSpace) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equal = pair.indexOf('=');
            String name = decode(equal < 0 ? pair : pair.substring(0, equal), plusIsSpace);
            String value = equal < 0 ? "" : decode(pair.substring(equal + 1), plusIsSpace);
            if (parameters.put(name, value) != null) {
                throw new InvalidDatabaseUrlException("The database URL has the parameter \"" + name + "\" twice.");
            }
        }
        return parameters;
    }

    /** Percent-decoding; pgjdbc also takes a plus sign for a space, libpq never does. */
    static String decode(String text, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new InvalidDatabaseUrlException("The database URL has a % that isn't followed by two"
                            + " hexadecimal digits. A percent sign that is meant is written %25.");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidDatabaseUrlException("The database URL's percent-encoded text isn't UTF-8.");
        }
    }
}
