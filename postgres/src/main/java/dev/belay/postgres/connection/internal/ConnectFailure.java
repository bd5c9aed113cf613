package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.connection.DatabaseUnreachableException.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says why a connection couldn't be had, and the way out. */
final class ConnectFailure {
    private ConnectFailure() {}

    static DatabaseUnreachableException explain(ConnectionSettings settings, SQLException e) {
        Reason reason = reason(e);
        String what = "The database " + settings.location() + " can't be reached: ";
        // What was changed before is for the caller to say: only it knows when it connects.
        return new DatabaseUnreachableException(reason, what + sentence(reason, settings, e), e);
    }

    private static String sentence(Reason reason, ConnectionSettings settings, SQLException e) {
        return switch (reason) {
            case UNKNOWN_HOST -> "its host name has no address. Check the URL's host, and the DNS.";
            case REFUSED ->
                "nothing accepts connections there. Check host and port, that the server runs, and its"
                        + " listen_addresses.";
            case TIMEOUT ->
                "there was no answer in time. Check host and port, and the firewalls between; connectTimeout (in"
                        + " seconds) can be set in the URL.";
            case AUTHENTICATION -> authentication(settings, e);
            case UNKNOWN_DATABASE ->
                "the server has no database of that name. Check the URL, or run: createdb " + settings.database();
            case TOO_MANY_CONNECTIONS ->
                "all its connections are taken (" + words(e) + "). Close idle ones, or raise max_connections.";
            case NOT_ACCEPTING -> "it takes no connections now (" + words(e) + "). Try again when it does.";
            case ENCRYPTION ->
                "the two sides don't agree on encryption (" + words(e) + "). Check sslmode and sslrootcert.";
            case OTHER -> words(e) + ".";
        };
    }

    private static String authentication(ConnectionSettings settings, SQLException e) {
        if (settings.effectivePassword().isEmpty() && !isServers(e)) {
            return "it asks user \"" + settings.user() + "\" for a password, and none was given. Give it in the URL, in"
                    + " PGPASSWORD or in ~/.pgpass (mode 0600).";
        }
        return "user \"" + settings.user() + "\" was not let in (" + words(e)
                + "). Check user, password and pg_hba.conf.";
    }

    private static boolean isServers(SQLException e) {
        return e instanceof PSQLException server && server.getServerErrorMessage() != null;
    }

    /** The primary message of the server alone: it has no rows' values; or the driver's, which doesn't show the URL. */
    private static String words(SQLException e) {
        String message = e.getMessage();
        if (e instanceof PSQLException server) {
            ServerErrorMessage error = server.getServerErrorMessage();
            message = error == null ? message : error.getMessage();
        }
        String text = message == null ? "no message" : message.strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Reason reason(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "3D000" -> Reason.UNKNOWN_DATABASE;
            case "28P01", "28000" -> Reason.AUTHENTICATION;
            case "08004" -> e.getCause() == null ? Reason.AUTHENTICATION : byCause(e);
            case "53300" -> Reason.TOO_MANY_CONNECTIONS;
            case "57P03", "55000" -> Reason.NOT_ACCEPTING;
            default -> byCause(e);
        };
    }

    private static Reason byCause(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return Reason.UNKNOWN_HOST;
            }
            if (cause instanceof SocketTimeoutException) {
                return Reason.TIMEOUT;
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return Reason.REFUSED;
            }
            if (cause instanceof SSLException || cause instanceof java.security.GeneralSecurityException) {
                return Reason.ENCRYPTION;
            }
        }
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.contains("Connection attempt timed out")) {
            return Reason.TIMEOUT; // pgjdbc's loginTimeout
        }
        return message.contains("SSL") ? Reason.ENCRYPTION : Reason.OTHER;
    }
}
