package dev.belay.revision;

/** Tells, line by line, whether there is anything but comments; block comments nest, as in PostgreSQL. */
final class CommentScanner {
    private int depth;

    /** Whether the line adds nothing but blanks and comments. */
    boolean isComment(String line) {
        int at = 0;
        while (at < line.length()) {
            if (line.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (depth > 0 && line.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (depth > 0 || Character.isWhitespace(line.charAt(at))) {
                at++;
            } else {
                return line.startsWith("--", at);
            }
        }
        return true;
    }
}
