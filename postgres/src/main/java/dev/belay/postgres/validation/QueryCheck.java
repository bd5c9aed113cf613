package dev.belay.postgres.validation;

import dev.belay.postgres.revision.SafeError;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A query that must be true, or empty.
 *
 * @param call the factory's name
 * @param label what the query is called in messages
 * @param sql one statement without its semicolon
 * @param mustBeTrue else it must be empty
 */
record QueryCheck(String call, String label, String sql, boolean mustBeTrue) implements Validator {
    /** Violations are counted up to here; more of them change nothing about the verdict. */
    private static final int COUNTED = 1000;

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        try {
            return Look.through(context, this::ask);
        } catch (SQLException e) {
            context.cancellation().check();
            return List.of(Look.failed(name(), "\"" + label + "\": " + SafeError.describe(e, sql)));
        }
    }

    /** The server takes only what returns rows and doesn't write as a cursor's query. */
    private List<Finding> ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("DECLARE belay_check NO SCROLL CURSOR FOR " + sql);
            return mustBeTrue ? truth(statement) : emptiness(statement);
        }
    }

    private List<Finding> truth(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("FETCH 2 FROM belay_check")) {
            int columns = rows.getMetaData().getColumnCount();
            if (columns != 1) {
                return finding(
                        "gives " + columns + " columns instead of one boolean.", "Write SELECT … with one condition.");
            }
            String type = rows.getMetaData().getColumnTypeName(1);
            if (!type.equals("bool")) {
                return finding(
                        "gives a column of type " + type + " instead of a boolean.",
                        "Compare it with what is expected.");
            }
            if (!rows.next()) {
                return finding(
                        "gives no row instead of one.", "Ask with EXISTS or an aggregate: they always give a row.");
            }
            boolean value = rows.getBoolean(1);
            boolean isNull = rows.wasNull();
            if (rows.next()) {
                return finding("gives more than one row.", "Ask with bool_and(…) or EXISTS: they always give one row.");
            }
            return value ? List.of() : finding(isNull ? "is null, not true." : "is false.", "");
        }
    }

    private List<Finding> emptiness(Statement statement) throws SQLException {
        statement.execute("MOVE FORWARD " + COUNTED + " IN belay_check");
        int rows = statement.getUpdateCount();
        return switch (rows) {
            case 0 -> List.of();
            case 1 -> finding("finds 1 violation.", "Run the query to see it.");
            case COUNTED -> finding("finds " + COUNTED + " violations or more.", "Run the query to see them.");
            default -> finding("finds " + rows + " violations.", "Run the query to see them.");
        };
    }

    private List<Finding> finding(String what, String wayOut) {
        return List.of(Finding.critical(name(), "\"" + label + "\" " + what, wayOut));
    }

    @Override
    public String name() {
        return call;
    }

    @Override
    public String toString() {
        return call + "(\"" + label + "\")";
    }
}
