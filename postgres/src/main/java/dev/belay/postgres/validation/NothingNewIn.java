package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A list of flaws in the catalog that should be empty; what was in it before the change is not the change's fault.
 *
 * @param call the factory's name
 * @param sql gives the columns {@code object} and {@code label}
 * @param flaw what is wrong with an object, behind its label
 * @param wayOut what to do
 */
record NothingNewIn(String call, String sql, String flaw, String wayOut) implements Validator {
    @Override
    public Map<String, String> remember(ValidationContext context) throws SQLException {
        return Look.through(context, this::flawed);
    }

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        return Look.at(
                context,
                name(),
                connection -> flawed(connection).entrySet().stream()
                        .map(entry ->
                                finding(entry.getValue(), context.remembered().containsKey(entry.getKey())))
                        .toList());
    }

    private Finding finding(String label, boolean before) {
        return before
                ? Finding.minor(name(), label + " " + flaw + " It was so before the change.", wayOut)
                : Finding.critical(name(), label + " " + flaw, wayOut);
    }

    private Map<String, String> flawed(Connection connection) throws SQLException {
        Map<String, String> flawed = new TreeMap<>();
        new Catalog(connection)
                .rows(sql, row -> Map.entry(Catalog.text(row, "object"), Catalog.text(row, "label")))
                .forEach(entry -> flawed.put(entry.getKey(), entry.getValue()));
        return flawed;
    }

    @Override
    public String name() {
        return call;
    }

    @Override
    public String toString() {
        return call + "()";
    }
}
