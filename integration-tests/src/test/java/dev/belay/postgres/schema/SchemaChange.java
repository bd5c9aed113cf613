package dev.belay.postgres.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One change of a schema, and in what a snapshot is expected to differ by it.
 *
 * @param expected lines such as {@code column public.users.age | default}, or {@code | added} or {@code | removed} for a whole
 *     object; empty where pg_dump shows nothing
 * @param sql the change
 */
record SchemaChange(Set<String> expected, String sql) {
    private static final String MARK = "--- ";
    private static final String NOTHING = "nothing";

    /**
     * A file of changes: first what makes the schema before, then for each change its marked lines and its SQL.
     *
     * @param minimumVersion the oldest server that knows what is in it
     * @param base makes the schema before each of the changes
     */
    record Group(String name, int minimumVersion, String base, List<SchemaChange> changes) {
        static Group read(Path file) throws IOException {
            StringBuilder base = new StringBuilder();
            List<SchemaChange> changes = new ArrayList<>();
            Set<String> expected = new TreeSet<>();
            StringBuilder sql = base;
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(MARK)) {
                    if (sql != base && !sql.isEmpty() || changes.isEmpty() && expected.isEmpty()) {
                        add(changes, expected, sql, base);
                        expected = new TreeSet<>();
                        sql = new StringBuilder();
                    }
                    expected.add(line.substring(MARK.length()).strip());
                } else if (!line.isBlank()) {
                    sql.append(line).append('\n');
                }
            }
            add(changes, expected, sql, base);
            return new Group(
                    file.getFileName().toString(),
                    SchemaChange.minimumVersion(file),
                    base.toString(),
                    List.copyOf(changes));
        }

        private static void add(
                List<SchemaChange> changes, Set<String> expected, StringBuilder sql, StringBuilder base) {
            if (sql != base) {
                Set<String> differences = new TreeSet<>(expected);
                differences.remove(NOTHING);
                changes.add(new SchemaChange(differences, sql.toString()));
            }
        }
    }

    /** The oldest server that knows what is in a file: {@code tables-15.sql} is for 15 and newer ones. */
    static int minimumVersion(Path file) {
        String digits = file.getFileName().toString().replaceAll("^.*?(?:-(\\d+))?\\.sql$", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** For the name of its test. */
    String describe() {
        String what = expected.isEmpty() ? NOTHING : String.join("; ", expected);
        return what + ": " + sql.lines().findFirst().orElse("");
    }
}
