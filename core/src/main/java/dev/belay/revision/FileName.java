package dev.belay.revision;

import java.util.Optional;

/**
 * What is in the name {@code YYYYMMDD_HHMM_<id>_<description>.sql}.
 *
 * <p>Read by hand: a start looks at each file's name, mostly before this code is compiled, and a regular expression would take
 * a third of the time that the files themselves take.
 */
record FileName(String id, String description) {
    private static final String TIME = "dddddddd_dddd_";
    private static final String SUFFIX = ".sql";
    private static final int SHORTEST_ID = 4;
    private static final int LONGEST_ID = 40;

    /** Reads a name; empty when it is none of a revision. */
    static Optional<FileName> of(String name) {
        int end = name.indexOf('_', TIME.length());
        int length = end - TIME.length();
        if (length < SHORTEST_ID
                || length > LONGEST_ID
                || !beginsWithTime(name)
                || !isId(name, end)
                || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String description = name.substring(end + 1, name.length() - SUFFIX.length());
        boolean oneLine = !description.isEmpty() && description.indexOf('\n') < 0 && description.indexOf('\r') < 0;
        return oneLine ? Optional.of(new FileName(name.substring(TIME.length(), end), description)) : Optional.empty();
    }

    private static boolean beginsWithTime(String name) {
        for (int i = 0; i < TIME.length(); i++) {
            char c = name.charAt(i);
            boolean asItShould = TIME.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == '_';
            if (!asItShould) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(String name, int end) {
        for (int i = TIME.length(); i < end; i++) {
            char c = name.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }
}
