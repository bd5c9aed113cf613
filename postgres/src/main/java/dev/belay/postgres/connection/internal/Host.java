package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.util.regex.Pattern;

/**
 * A server's address: a name or IP address with a port, or the folder of a Unix socket.
 *
 * @param name starts with a slash when it is a folder; an IPv6 address has no brackets
 */
record Host(String name, int port) {
    static final int DEFAULT_PORT = 5432;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:%-]+");

    Host {
        boolean folder = name.startsWith("/");
        if (!folder && !NAME.matcher(name).matches()) {
            throw new InvalidDatabaseUrlException(
                    "The database URL's host has a character that no host name has. If it is part of the password, write it"
                            + " percent-encoded: @ as %40, / as %2F, : as %3A.");
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidDatabaseUrlException("The database URL's port " + port + " is not between 1 and 65535.");
        }
    }

    static Host parse(String text) {
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            String rest = text.substring(bracket + 1);
            return new Host(text.substring(1, bracket), rest.isEmpty() ? DEFAULT_PORT : port(rest.substring(1)));
        }
        int colon = text.lastIndexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        return new Host(name.isEmpty() ? "localhost" : name, port.isEmpty() ? DEFAULT_PORT : port(port));
    }

    static int port(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            // The text isn't shown: with an unescaped colon or slash in the password it is a part of it.
            throw new InvalidDatabaseUrlException(
                    "The database URL's port is not a number. If the password has a :, / or @, write it percent-encoded:"
                            + " @ as %40, / as %2F, : as %3A.");
        }
    }

    boolean isSocket() {
        return name.startsWith("/");
    }

    /** The socket's file, named as PostgreSQL names it. */
    String socketFile() {
        return name + "/.s.PGSQL." + port;
    }

    String bracketed() {
        return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    }

    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
