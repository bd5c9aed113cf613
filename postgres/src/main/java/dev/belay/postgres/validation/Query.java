package dev.belay.postgres.validation;

import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.validation.Validator;

/**
 * Checks by a query of the caller's own: a SELECT, VALUES, TABLE or WITH.
 *
 * <p>It runs read-only, and what it may set is taken back; a query that writes is refused by the server, which is a critical
 * finding. Messages name the check, or the query's first words; never its literals and never a row's value.
 *
 * @since 0.1
 */
public final class Query {
    private Query() {}

    /**
     * The query gives one row with one boolean, and it is true; null is not true. Named by the query's first words.
     *
     * @throws IllegalArgumentException when the text is not one statement
     */
    public static Validator isTrue(String sql) {
        SqlStatement statement = single("Query.isTrue", sql);
        return new QueryCheck("Query.isTrue", statement.summary(), statement.text(), true);
    }

    /**
     * The same as {@link #isTrue(String)} with a name for reports.
     *
     * @throws IllegalArgumentException when the name is blank or the text is not one statement
     */
    public static Validator isTrue(String name, String sql) {
        return new QueryCheck(
                "Query.isTrue",
                named("Query.isTrue", name),
                single("Query.isTrue", sql).text(),
                true);
    }

    /**
     * The query, which looks for violations, gives no row. Named by the query's first words.
     *
     * @throws IllegalArgumentException when the text is not one statement
     */
    public static Validator isEmpty(String sql) {
        SqlStatement statement = single("Query.isEmpty", sql);
        return new QueryCheck("Query.isEmpty", statement.summary(), statement.text(), false);
    }

    /**
     * The same as {@link #isEmpty(String)} with a name for reports.
     *
     * @throws IllegalArgumentException when the name is blank or the text is not one statement
     */
    public static Validator isEmpty(String name, String sql) {
        return new QueryCheck(
                "Query.isEmpty",
                named("Query.isEmpty", name),
                single("Query.isEmpty", sql).text(),
                false);
    }

    private static String named(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + ": the name is blank");
        }
        return name;
    }

    private static SqlStatement single(String what, String sql) {
        try (StatementReader reader = StatementReader.of(sql, "the query")) {
            if (!reader.hasNext()) {
                throw new IllegalArgumentException(what + ": the query is blank");
            }
            SqlStatement statement = reader.next();
            if (statement.copyData().isPresent() || reader.hasNext()) {
                throw new IllegalArgumentException(what + ": give one query; a second one needs a check of its own");
            }
            return statement;
        }
    }
}
