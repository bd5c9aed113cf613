package dev.belay.postgres.sample;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks the server which values satisfy conditions, many at a time and without writing any. */
final class Filter {
    /** One value for which a condition fails with an error spoils the query: it is found by halving, this often. */
    private static final int QUERIES = 200;

    private final Session session;
    private int left = QUERIES;

    Filter(Session session) {
        this.session = session;
    }

    /** Those values that the type reads and for which each condition over VALUE is true or NULL. */
    List<String> readable(String declared, List<String> conditions, List<String> values) throws SQLException {
        List<List<String>> rows =
                values.stream().map(value -> List.of(Cells.literal(value))).toList();
        return passing(List.of("value"), List.of(declared), conditions, rows).stream()
                .map(values::get)
                .toList();
    }

    /** The numbers of those rows for which each condition is true or NULL. */
    List<Integer> passing(List<String> columns, List<String> declared, List<String> conditions, List<List<String>> rows)
            throws SQLException {
        left = QUERIES;
        List<Integer> all = IntStream.range(0, rows.size()).boxed().toList();
        return rows.isEmpty() ? all : passing(new Question(columns, declared, conditions, rows), all);
    }

    private List<Integer> passing(Question question, List<Integer> numbers) throws SQLException {
        if (left-- <= 0) {
            return List.of();
        }
        try {
            return session.numbers(question.about(numbers));
        } catch (SQLException e) {
            if (session.isLost(e)) {
                throw e;
            }
            if (numbers.size() == 1) {
                return List.of();
            }
            List<Integer> both = new ArrayList<>(passing(question, numbers.subList(0, numbers.size() / 2)));
            both.addAll(passing(question, numbers.subList(numbers.size() / 2, numbers.size())));
            return both;
        }
    }

    private record Question(
            List<String> columns, List<String> declared, List<String> conditions, List<List<String>> rows) {
        String about(List<Integer> numbers) {
            String values = numbers.stream()
                    .map(number -> "(" + number + ", " + cast(rows.get(number)) + ")")
                    .collect(Collectors.joining(", "));
            String all = conditions.stream()
                    .map(condition -> " AND COALESCE((" + condition + "), true)")
                    .collect(Collectors.joining());
            return "SELECT belay_n FROM (VALUES " + values + ") AS belay_v (belay_n, " + String.join(", ", columns)
                    + ") WHERE true" + all + " ORDER BY belay_n";
        }

        private String cast(List<String> row) {
            return IntStream.range(0, row.size())
                    .mapToObj(i -> "CAST(" + row.get(i) + " AS " + declared.get(i) + ")")
                    .collect(Collectors.joining(", "));
        }
    }
}
