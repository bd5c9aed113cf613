package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** libpq's parameters, their environment variables, and what pgjdbc calls them. */
enum LibpqParameters {
    SSLMODE("sslmode", "sslmode", "PGSSLMODE"),
    SSLROOTCERT("sslrootcert", "sslrootcert", "PGSSLROOTCERT"),
    SSLCERT("sslcert", "sslcert", "PGSSLCERT"),
    SSLKEY("sslkey", "sslkey", "PGSSLKEY"),
    SSLPASSWORD("sslpassword", "sslpassword", ""),
    SSLNEGOTIATION("sslnegotiation", "sslNegotiation", "PGSSLNEGOTIATION"),
    CHANNEL_BINDING("channel_binding", "channelBinding", "PGCHANNELBINDING"),
    REQUIRE_AUTH("require_auth", "requireAuth", "PGREQUIREAUTH"),
    GSSENCMODE("gssencmode", "gssEncMode", "PGGSSENCMODE"),
    KRBSRVNAME("krbsrvname", "kerberosServerName", "PGKRBSRVNAME"),
    CONNECT_TIMEOUT("connect_timeout", "connectTimeout", "PGCONNECT_TIMEOUT"),
    APPLICATION_NAME("application_name", "ApplicationName", "PGAPPNAME"),
    OPTIONS("options", "options", "PGOPTIONS"),
    TARGET_SESSION_ATTRS("target_session_attrs", "targetServerType", "PGTARGETSESSIONATTRS"),
    LOAD_BALANCE_HOSTS("load_balance_hosts", "loadBalanceHosts", "PGLOADBALANCEHOSTS"),
    KEEPALIVES("keepalives", "tcpKeepAlive", "");

    private static final Map<String, String> SESSION_ATTRS = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private final String libpqName;
    private final String driverName;
    private final String variable;

    LibpqParameters(String libpqName, String driverName, String variable) {
        this.libpqName = libpqName;
        this.driverName = driverName;
        this.variable = variable;
    }

    /** Adds the parameter under pgjdbc's name. */
    static void put(String name, String value, Map<String, String> into) {
        for (LibpqParameters parameter : values()) {
            if (parameter.libpqName.equals(name)) {
                into.put(parameter.driverName, parameter.toDriver(value));
                if (parameter == SSLROOTCERT && value.equals("system")) {
                    into.remove("sslrootcert");
                    into.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
                }
                return;
            }
        }
        throw new InvalidDatabaseUrlException("The database URL has the parameter \"" + name
                + "\", which Belay doesn't know. Remove it, or give a jdbc:postgresql: URL with pgjdbc's name for it.");
    }

    /** What the environment says, under pgjdbc's names. */
    static Map<String, String> fromEnvironment(Surroundings surroundings) {
        Map<String, String> found = new LinkedHashMap<>();
        for (LibpqParameters parameter : values()) {
            surroundings.variable(parameter.variable).ifPresent(value -> put(parameter.libpqName, value, found));
        }
        return found;
    }

    private String toDriver(String value) {
        return switch (this) {
            case TARGET_SESSION_ATTRS ->
                Optional.ofNullable(SESSION_ATTRS.get(value))
                        .orElseThrow(() -> new InvalidDatabaseUrlException("target_session_attrs is \"" + value
                                + "\"; it can be any, read-write, read-only, primary, standby or prefer-standby."));
            case LOAD_BALANCE_HOSTS -> Boolean.toString(value.equals("random"));
            case KEEPALIVES -> Boolean.toString(!value.equals("0"));
            case CONNECT_TIMEOUT -> Integer.toString(Math.max(0, seconds(value)));
            default -> value;
        };
    }

    private static int seconds(String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new InvalidDatabaseUrlException("connect_timeout is \"" + value + "\"; it is a number of seconds.");
        }
    }

    /** The variables that a child process needs for the settings of pgjdbc. */
    static Map<String, String> toEnvironment(ConnectionSettings settings) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (LibpqParameters parameter : values()) {
            if (!parameter.variable.isEmpty() && parameter != APPLICATION_NAME) {
                settings.parameter(parameter.driverName)
                        .ifPresent(value -> variables.put(parameter.variable, parameter.toLibpq(value)));
            }
        }
        boolean systemRoots = settings.parameter("sslfactory").orElse("").endsWith("DefaultJavaSSLFactory");
        if (systemRoots && !variables.containsKey("PGSSLROOTCERT")) {
            variables.put("PGSSLROOTCERT", "system");
        }
        if (!variables.containsKey("PGSSLMODE") && isTrue(settings.parameter("ssl"))) {
            variables.put("PGSSLMODE", "verify-full"); // pgjdbc documents ssl=true as sslmode=verify-full
        }
        return variables;
    }

    /** pgjdbc reads {@code ssl} without a value as true. */
    private static boolean isTrue(Optional<String> value) {
        return value.filter(text -> text.isEmpty() || text.equalsIgnoreCase("true"))
                .isPresent();
    }

    private String toLibpq(String value) {
        return switch (this) {
            case TARGET_SESSION_ATTRS ->
                switch (value) {
                    case "primary", "master" -> "primary";
                    case "secondary", "slave" -> "standby";
                    case "preferSecondary", "preferSlave" -> "prefer-standby";
                    default -> "any";
                };
            case LOAD_BALANCE_HOSTS -> Boolean.parseBoolean(value) ? "random" : "disable";
            default -> value;
        };
    }
}
