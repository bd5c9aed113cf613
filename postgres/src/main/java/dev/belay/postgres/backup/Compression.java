package dev.belay.postgres.backup;

/**
 * How a dump is compressed.
 *
 * @param method as pg_dump's option {@code --compress} takes it since version 16
 * @param level as that method counts
 * @since 0.1
 */
public record Compression(Method method, int level) {
    /** What pg_dump can compress with. */
    public enum Method {
        /** zstd at level 1 where the client has it (16 and newer, if it was built with it), else gzip at level 1. */
        FASTEST,
        /** Not at all: the fastest, and about twice as large. */
        NONE,
        /** In every version. */
        GZIP,
        /** Since pg_dump 16, if it was built with it. */
        LZ4,
        /** Since pg_dump 16, if it was built with it. */
        ZSTD
    }

    /** Checks the level. */
    public Compression {
        int highest = method == Method.ZSTD ? 22 : method == Method.LZ4 ? 12 : 9;
        if (level < 0 || level > highest) {
            throw new IllegalArgumentException(
                    "compression level " + level + " of " + method + " is not between 0 and " + highest);
        }
    }

    /** The default: the best that the client offers at a cost that doesn't slow the backup down much. */
    public static Compression fastest() {
        return new Compression(Method.FASTEST, 1);
    }

    /** No compression. */
    public static Compression none() {
        return new Compression(Method.NONE, 0);
    }

    /** gzip, 1 (fast) to 9 (small). */
    public static Compression gzip(int level) {
        return new Compression(Method.GZIP, level);
    }

    /** zstd, 1 (fast) to 22 (small); needs pg_dump 16. */
    public static Compression zstd(int level) {
        return new Compression(Method.ZSTD, level);
    }

    /** lz4, 1 (fast) to 12 (small); needs pg_dump 16. */
    public static Compression lz4(int level) {
        return new Compression(Method.LZ4, level);
    }
}
