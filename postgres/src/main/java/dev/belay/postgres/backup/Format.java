package dev.belay.postgres.backup;

/** The form of a dump. @since 0.1 */
public enum Format {
    /** A directory with a file for each table, compressed, written and restored by several jobs at once. */
    DIRECTORY("d", ""),
    /** One compressed file; restored by several jobs, written by one. */
    CUSTOM("c", ".dump"),
    /** One SQL script, not compressed; restored by psql. */
    PLAIN("p", ".sql");

    private final String letter;
    private final String suffix;

    Format(String letter, String suffix) {
        this.letter = letter;
        this.suffix = suffix;
    }

    /** As pg_dump's option {@code --format} takes it. */
    String letter() {
        return letter;
    }

    String suffix() {
        return suffix;
    }
}
