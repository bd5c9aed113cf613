package dev.belay.postgres.engine;

import dev.belay.postgres.revision.RevisionScript;
import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a revision's scripts, where all that these do shows in the schema. */
final class ScriptTraces {
    /** What changes the schema, with whatever it does besides in one statement; and what changes nothing. */
    private static final Set<String> SHOWN = Set.of(
            "create", "alter", "drop", "comment", "grant", "revoke", "set", "reset", "begin", "start", "commit", "end");

    /** Of these the schema of a database shows nothing. */
    private static final Set<String> OUTSIDE =
            Set.of("system", "database", "role", "user", "group", "tablespace", "subscription");

    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private ScriptTraces() {}

    /** Empty when one of them does something else, or isn't SQL. */
    static Optional<Set<String>> of(Revision revision) {
        Set<String> words = new HashSet<>();
        for (Change change : List.of(revision.upgrade(), revision.downgrade())) {
            if (change instanceof Change.Sql sql) {
                if (!collect(sql, words)) {
                    return Optional.empty();
                }
            } else if (!(change instanceof Change.Irreversible)) {
                return Optional.empty();
            }
        }
        return Optional.of(words);
    }

    private static boolean collect(Change.Sql sql, Set<String> words) {
        try (StatementReader statements = RevisionScript.of(sql.script()).statements()) {
            while (statements.hasNext()) {
                SqlStatement statement = statements.next();
                List<String> found = WORD.matcher(statement.text())
                        .results()
                        .map(each -> each.group().toLowerCase(Locale.ROOT))
                        .toList();
                if (!isShown(found)) {
                    return false;
                }
                words.addAll(found);
            }
            return true;
        }
    }

    private static boolean isShown(List<String> words) {
        if (words.isEmpty() || !SHOWN.contains(words.get(0)) || words.size() > 1 && OUTSIDE.contains(words.get(1))) {
            return false;
        }
        boolean privilege = words.get(0).equals("grant") || words.get(0).equals("revoke");
        return !privilege || words.contains("on"); // else it is a membership in a role
    }
}
