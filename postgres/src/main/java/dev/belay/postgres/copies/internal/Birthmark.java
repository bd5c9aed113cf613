package dev.belay.postgres.copies.internal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a database of Belay's is recognised by until its comment marks it: a connection limit that nobody sets, made from the
 * name of the database it is for.
 *
 * <p>CREATE DATABASE runs in no transaction (PostgreSQL docs, reference of CREATE DATABASE), so it can't be one with the COMMENT:
 * a run killed between the two would leave a database that nobody dares to drop. The limit comes with the database itself, is no
 * limit in practice, and gives way to the real one once the comment is there. A template doesn't pass it on.
 */
public final class Birthmark {
    private static final int BASE = 1_000_000_000;
    private static final Pattern SUFFIX = Pattern.compile("_(belay_[a-z]+|backup)_\\d{8}_\\d{6}_[0-9a-f]{4}$");

    private Birthmark() {}

    /** The limit for what is made for a database. */
    public static int of(String original) {
        CRC32 sum = new CRC32();
        sum.update(original.getBytes(StandardCharsets.UTF_8));
        return BASE + (int) (sum.getValue() % BASE);
    }

    /** The same as an option of CREATE DATABASE. */
    public static String option(String original) {
        return " CONNECTION LIMIT " + of(original);
    }

    /** Whether a name is one that Belay gives to what it makes for that database. */
    public static boolean isNameFor(String original, String name) {
        Matcher suffix = SUFFIX.matcher(name);
        return suffix.find() && Names.of(original, suffix.group()).equals(name);
    }
}
