package dev.belay.postgres.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** A connection that remembers what is executed on it. */
final class Counting {
    private Counting() {}

    static Connection connection(Connection real, List<String> executed) {
        return (Connection) Proxy.newProxyInstance(
                Counting.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = invoke(method, real, arguments);
                    return result instanceof Statement statement
                                    && method.getName().equals("createStatement")
                            ? statement(statement, executed)
                            : result;
                });
    }

    private static Statement statement(Statement real, List<String> executed) {
        return (Statement) Proxy.newProxyInstance(
                Counting.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        executed.add(String.valueOf(arguments[0]));
                    }
                    return invoke(method, real, arguments);
                });
    }

    private static Object invoke(java.lang.reflect.Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
