package dev.belay.postgres.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change of a schema, and in what a snapshot is expected to differ by it.
 *
 * @param expected lines such as {@code column public.users.age | default}, or {@code | added} or {@code | removed} for a whole
 *     object; empty where pg_dump shows nothing
 * @param unlikePgDump whether pg_dump, on purpose, shows a difference where a snapshot shows none, or the reverse
 * @param sql the change
 */
record SchemaChange(Set<String> expected, boolean unlikePgDump, String sql) {
    private static final String MARK = "--- ";
    private static final String NOTHING = "nothing";
    private static final String UNLIKE = "unlike pg_dump";
    private static final Pattern SINCE = Pattern.compile("since (\\d+): (.*)");

    /**
     * A file of changes: first what makes the schema before, then for each change its marked lines and its SQL.
     *
     * @param minimumVersion the oldest server that knows what is in it
     * @param base makes the schema before each of the changes
     */
    record Group(String name, int minimumVersion, String base, List<SchemaChange> changes) {
        static Group read(Path file, int serverVersion) throws IOException {
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
                    expectation(line.substring(MARK.length()).strip(), serverVersion)
                            .ifPresent(expected::add);
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

        /** A line that begins with {@code since 18:} holds for that server and newer ones. */
        private static Optional<String> expectation(String line, int serverVersion) {
            Matcher since = SINCE.matcher(line);
            if (!since.matches()) {
                return Optional.of(line);
            }
            return serverVersion >= Integer.parseInt(since.group(1)) ? Optional.of(since.group(2)) : Optional.empty();
        }

        private static void add(
                List<SchemaChange> changes, Set<String> expected, StringBuilder sql, StringBuilder base) {
            if (sql != base) {
                Set<String> differences = new TreeSet<>(expected);
                differences.remove(NOTHING);
                boolean unlike = differences.remove(UNLIKE);
                changes.add(new SchemaChange(differences, unlike, sql.toString()));
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
