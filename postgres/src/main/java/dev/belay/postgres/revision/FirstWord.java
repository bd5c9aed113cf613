package dev.belay.postgres.revision;

import java.util.Locale;

/** The word that a statement begins with: enough to pass over most statements without reading them again. */
final class FirstWord {
    private FirstWord() {}

    /** In lower case; empty when the statement begins with something else. */
    static String of(String statement) {
        int end = 0;
        while (end < statement.length() && Character.isLetter(statement.charAt(end))) {
            end++;
        }
        return statement.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
