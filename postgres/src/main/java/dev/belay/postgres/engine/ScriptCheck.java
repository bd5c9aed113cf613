package dev.belay.postgres.engine;

import dev.belay.postgres.sql.SqlSyntaxException;
import dev.belay.revision.MalformedRevisionException;
import java.util.List;

/**
 * Reads scripts through before a run begins: another tool's directory may have what only psql understands, and that is told
 * like any other malformed file.
 */
final class ScriptCheck {
    private ScriptCheck() {}

    static void check(List<Step> steps) {
        for (Step step : steps) {
            try {
                step.check();
            } catch (SqlSyntaxException e) {
                String place = e.origin() + ", line " + e.line() + ", column " + e.column() + ": ";
                String problem = String.valueOf(e.getMessage());
                throw new MalformedRevisionException(
                        e.origin(), e.line(), problem.startsWith(place) ? problem.substring(place.length()) : problem);
            }
        }
    }
}
