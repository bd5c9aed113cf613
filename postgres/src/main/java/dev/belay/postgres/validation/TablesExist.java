package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Every table is there. */
record TablesExist(List<String> tables) implements Validator {
    private static final String WAY_OUT =
            "Names are read as psql reads them: quote one that has capitals, and name the schema of one outside of the search_path.";

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        return Look.at(context, name(), this::missing);
    }

    List<Finding> missing(Connection connection) throws SQLException {
        return new Catalog(connection)
                        .rows("""
                        SELECT wanted.name, coalesce(c.relkind::text, '') AS kind
                        FROM unnest(?::text[]) WITH ORDINALITY AS wanted(name, n)
                        LEFT JOIN pg_class c ON c.oid = to_regclass(wanted.name)
                        ORDER BY n
                        """, row -> finding(Catalog.text(row, "name"), Catalog.text(row, "kind")), (Object)
                                tables.toArray(String[]::new))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
    }

    private List<Finding> finding(String table, String kind) {
        return switch (kind) {
            case "r", "p", "f" -> List.of();
            case "" -> List.of(Finding.critical(name(), "table " + table + " does not exist.", WAY_OUT));
            case "v", "m" ->
                List.of(Finding.critical(
                        name(), table + " is a view, not a table.", "Use Query.isTrue for a check of a view."));
            default -> List.of(Finding.critical(name(), table + " is not a table.", WAY_OUT));
        };
    }

    @Override
    public String name() {
        return "Tables.exist";
    }

    @Override
    public String toString() {
        return name() + "(" + Names.asArguments(tables) + ")";
    }
}
