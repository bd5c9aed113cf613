package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares counts from before the change with counts from after it.
 *
 * @param call the factory's name
 * @param tables whose rows
 * @param mayGrow whether more rows are fine
 */
record RowCounts(String call, List<String> tables, boolean mayGrow) implements Validator {
    private static final String MISSING = "missing";

    @Override
    public Map<String, String> remember(ValidationContext context) throws SQLException {
        return Look.through(context, connection -> counts(context, connection));
    }

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        Map<String, String> before = context.remembered();
        if (before.isEmpty()) {
            context.note(
                    this + " compares before and after a change; nothing was counted before, so nothing was compared.");
            return List.of();
        }
        return Look.at(context, name(), connection -> {
            List<Finding> findings = new ArrayList<>();
            counts(context, connection).forEach((table, now) -> {
                String then = Objects.requireNonNullElse(before.get(table), MISSING);
                findings.addAll(compared(table, then, now));
            });
            return findings;
        });
    }

    private List<Finding> compared(String table, String then, String now) {
        if (then.equals(MISSING)) {
            return finding(
                    "table " + table + " did not exist before the change.",
                    "Compare only tables that are there before.");
        }
        if (now.equals(MISSING)) {
            return finding("table " + table + " is gone; it had " + then + " rows.", "");
        }
        long difference = Long.parseLong(now) - Long.parseLong(then);
        if (difference == 0 || (mayGrow && difference > 0)) {
            return List.of();
        }
        return finding(
                "table " + table + " has " + now + " rows, before the change it had " + then + ".",
                "Look for a DELETE, TRUNCATE or INSERT in the change, and for writers that were not stopped.");
    }

    private Map<String, String> counts(ValidationContext context, Connection connection) throws SQLException {
        var catalog = new Catalog(connection);
        Map<String, String> counts = new LinkedHashMap<>();
        for (String table : tables) {
            context.cancellation().check();
            // The name is resolved by the server; it gives it back qualified and quoted.
            String found = catalog.row("""
                    SELECT coalesce((SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)), '') AS name
                    """, row -> Catalog.text(row, "name"), table);
            counts.put(
                    table,
                    found.isEmpty() ? MISSING : Long.toString(Look.count(connection, "SELECT count(*) FROM " + found)));
            context.progress("row counts", counts.size(), tables.size(), "tables");
        }
        return counts;
    }

    private List<Finding> finding(String message, String wayOut) {
        return List.of(Finding.critical(name(), message, wayOut));
    }

    @Override
    public String name() {
        return call;
    }

    @Override
    public String toString() {
        return call + "(" + Names.asArguments(tables) + ")";
    }
}
