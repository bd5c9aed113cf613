package dev.belay.run.internal;

import dev.belay.database.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A database whose connections are one and the same, opened when it is first asked for: several short pieces of work in a row
 * needn't each connect. Not for two at once, and not for threads.
 */
final class HeldConnection implements Database, AutoCloseable {
    private final Database database;
    private Optional<Connection> connection = Optional.empty();

    private HeldConnection(Database database) {
        this.database = database;
    }

    static HeldConnection to(Database database) {
        return new HeldConnection(database);
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public String location() {
        return database.location();
    }

    @Override
    public Connection connect() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(database.connect());
        }
        return lent(connection.get());
    }

    /** The one that borrows it closes it; the real one stays. */
    private static Connection lent(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                HeldConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Database named(String name) {
        return database.named(name);
    }

    @Override
    public void close() throws SQLException {
        if (connection.isPresent()) {
            connection.get().close();
        }
    }
}
