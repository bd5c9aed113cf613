package dev.belay.postgres.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** A connection that is lent: its end and, in a transaction, the transaction's stay Belay's. */
final class GuardedConnection {
    private static final Set<String> ENDS = Set.of("close", "abort");
    private static final Set<String> TRANSACTION =
            Set.of("commit", "setAutoCommit", "setTransactionIsolation", "setReadOnly");

    private GuardedConnection() {}

    static Connection inTransaction(Connection connection) {
        return guard(connection, true);
    }

    static Connection outside(Connection connection) {
        return guard(connection, false);
    }

    private static Connection guard(Connection connection, boolean transaction) {
        return (Connection) Proxy.newProxyInstance(
                GuardedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    String name = method.getName();
                    boolean rollback = name.equals("rollback") && method.getParameterCount() == 0;
                    if (ENDS.contains(name) || transaction && (TRANSACTION.contains(name) || rollback)) {
                        throw new SQLException(
                                "Connection." + name + "() is Belay's to call: the change and its history row"
                                        + " are committed together. Remove the call, or make the revision noTransaction().");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
