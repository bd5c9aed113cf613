package dev.belay.revision;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One step of a schema's history: from its parents to itself by the upgrade, and back by the downgrade.
 *
 * @param id unique in a graph; in Belay's own layout 4 to 40 characters of {@code 0-9a-z}, in another what the tool calls it: up to 255
 *     characters without spaces, quotes, commas and semicolons, the first a letter, a digit or an underscore; never {@code head},
 *     {@code heads} or {@code base}
 * @param parents the ids of the revisions it builds on: none for a first one, several for a merge
 * @param description a few words for people, on one line; may be empty
 * @param origin where it was read from, for messages: a file's path, mostly
 * @param upgrade what brings it about; never {@link Change.Irreversible}
 * @param downgrade what takes it back
 * @param properties what the layout's history table records besides, such as a checksum that only the tool makes so; in Belay's own layout
 *     {@link #FILE_SHA256}
 * @since 0.1
 */
public record Revision(
        String id,
        List<String> parents,
        String description,
        String origin,
        Change upgrade,
        Change downgrade,
        Map<String, String> properties) {
    /** The property that holds the SHA-256 of the whole file, in hexadecimal: where it is the recorded one, nothing was changed. */
    public static final String FILE_SHA256 = "sha256";

    private static final int LONGEST_ID = 255;

    private static final Set<String> RESERVED = Set.of("head", "heads", "base");

    /**
     * Checks and copies.
     *
     * @throws MalformedRevisionException if the id or the parents are not as said, or the upgrade is irreversible
     */
    public Revision {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(upgrade, "upgrade");
        Objects.requireNonNull(downgrade, "downgrade");
        parents = List.copyOf(parents);
        properties = Map.copyOf(properties);
        if (!isAnyToolsId(id)) {
            throw new MalformedRevisionException(origin, 0, notAnyToolsId("revision id", id));
        }
        Set<String> seen = new HashSet<>();
        for (String parent : parents) {
            if (!isAnyToolsId(parent)) {
                throw new MalformedRevisionException(origin, 0, notAnyToolsId("parent", parent));
            }
            if (parent.equals(id)) {
                throw new MalformedRevisionException(origin, 0, "revision " + id + " names itself as its parent.");
            }
            if (!seen.add(parent)) {
                throw new MalformedRevisionException(
                        origin, 0, "revision " + id + " names the parent " + parent + " twice.");
            }
        }
        if (!description.isEmpty() && description.lines().count() > 1) {
            throw new MalformedRevisionException(origin, 0, "the description of " + id + " is not on one line.");
        }
        if (upgrade instanceof Change.Irreversible) {
            throw new MalformedRevisionException(
                    origin, 0, "the upgrade of " + id + " is irreversible; only a downgrade can be.");
        }
    }

    /** One without properties. */
    public Revision(
            String id, List<String> parents, String description, String origin, Change upgrade, Change downgrade) {
        this(id, parents, description, origin, upgrade, downgrade, Map.of());
    }

    /**
     * Begins a revision that is written in Java.
     *
     * <pre>{@code
     * Revision.named("a1b2c3", "Copy phone numbers")
     *         .after("4f2a9c01")
     *         .upgrade(connection -> copyPhones(connection))
     *         .irreversible("the old column is gone");
     * }</pre>
     */
    public static RevisionBuilder named(String id, String description) {
        return new RevisionBuilder(id, description);
    }

    /** Whether the revision can be taken back. */
    public boolean reversible() {
        return !(downgrade instanceof Change.Irreversible);
    }

    static boolean isId(String id) {
        int length = id.length();
        return length >= 4
                && length <= 40
                && id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'z')
                && !RESERVED.contains(id);
    }

    static boolean isAnyToolsId(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID || RESERVED.contains(id.toLowerCase(Locale.ROOT))) {
            return false;
        }
        int first = id.codePointAt(0);
        return (Character.isLetter(first) || isNumber(first) || first == '_')
                && id.chars().noneMatch(Revision::isForbidden);
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean isForbidden(int c) {
        return c <= ' ' || c == 0x7f || "'\",;".indexOf(c) >= 0;
    }

    private static String notAnyToolsId(String what, String value) {
        return what + " \"" + value
                + "\" is not up to 255 characters without spaces, quotes, commas and semicolons, beginning"
                + " with a letter, a digit or an underscore, other than head, heads and base.";
    }

    static String notAnId(String what, String value) {
        return what + " \"" + value + "\" is not 4 to 40 characters of 0-9a-z"
                + (RESERVED.contains(value) ? " other than head, heads and base." : ".");
    }
}
