package dev.belay.postgres.revision;

import dev.belay.postgres.sql.SqlStatement;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out whether a script is one {@code BEGIN; ... COMMIT;}: nothing before the one, nothing behind the other. */
public final class OuterPair {
    private static final Pattern BEGIN =
            Pattern.compile("(?i)(?:begin(?:\\s+(?:work|transaction))?|start\\s+transaction)");
    private static final Pattern COMMIT = Pattern.compile("(?i)(?:commit|end)(?:\\s+(?:work|transaction))?");

    private @Nullable SqlStatement begin;
    private @Nullable SqlStatement commit;
    private boolean more;

    /** Whether the next statement is one of the pair, as far as can be told; the statements are passed in their order. */
    boolean takes(SqlStatement statement) {
        if (commit != null) {
            more = true;
            return false;
        }
        if (statement.index() == 1 && BEGIN.matcher(statement.text()).matches()) {
            begin = statement;
            return true;
        }
        if (begin != null && COMMIT.matcher(statement.text()).matches()) {
            commit = statement;
            return true;
        }
        return false;
    }

    /** After the last statement: the one of the pair that is not where it belongs. */
    Optional<SqlStatement> misplaced() {
        if (begin != null && commit == null) {
            return Optional.of(begin);
        }
        return more ? Optional.ofNullable(commit) : Optional.empty();
    }

    /** Whether a statement of a script that was checked is one of the pair, and is to be left out. */
    public static boolean isPart(SqlStatement statement) {
        String word = FirstWord.of(statement.text());
        return (word.equals("begin") || word.equals("start") || word.equals("commit") || word.equals("end"))
                && statement.isTransactionControl();
    }
}
