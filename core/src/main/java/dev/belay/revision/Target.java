package dev.belay.revision;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an upgrade or a downgrade is to end.
 *
 * <ul>
 *   <li>{@code head}: the one head; {@code heads}: all of them; {@code base}: before the first revision
 *   <li>{@code +N}: the next N that are not applied; {@code -N}: without the last N that were applied
 *   <li>an id or a unique prefix of one
 *   <li>{@code ID+N}, {@code ID-N}: the Nth descendant or ancestor of ID, which may also be {@code head}; an id that is written so
 *       itself comes first
 * </ul>
 *
 * <p>A target is checked for its grammar here, and against the revisions when a {@link Route} is asked for.
 *
 * @since 0.1
 */
public final class Target {
    private static final Pattern GRAMMAR = Pattern.compile("([0-9a-z]{1,40})?(?:([+-])([0-9]{1,6}))?");

    private static final Pattern COUNTED = Pattern.compile("(.+)([+-][1-9][0-9]{0,5})");

    private final String text;
    private final String anchor;
    private final int offset;

    private Target(String text, String anchor, int offset) {
        this.text = text;
        this.anchor = anchor;
        this.offset = offset;
    }

    /**
     * Reads a target.
     *
     * @throws InvalidTargetException if it is not written as above
     */
    public static Target of(String text) {
        Objects.requireNonNull(text, "text");
        Matcher matcher = GRAMMAR.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return ofOtherTool(text);
        }
        String anchor = Objects.requireNonNullElse(matcher.group(1), "");
        String sign = matcher.group(2);
        if (sign == null) {
            return new Target(text, anchor, 0);
        }
        int steps = Integer.parseInt(matcher.group(3));
        if (steps == 0 || anchor.equals("heads") || anchor.equals("base")) {
            throw notATarget(text);
        }
        return new Target(text, anchor, sign.equals("+") ? steps : -steps);
    }

    private static Target ofOtherTool(String text) {
        Matcher counted = COUNTED.matcher(text);
        String anchor = counted.matches() ? counted.group(1) : text;
        boolean fixed = anchor.equals("head") || anchor.equals("heads") || anchor.equals("base");
        if (fixed || !Revision.isAnyToolsId(anchor)) {
            throw notATarget(text);
        }
        return new Target(text, anchor, counted.matches() ? Integer.parseInt(counted.group(2)) : 0);
    }

    /** The one head; several are refused. */
    public static Target head() {
        return of("head");
    }

    /** All heads. */
    public static Target heads() {
        return of("heads");
    }

    /** Before the first revision. */
    public static Target base() {
        return of("base");
    }

    /**
     * The revision with this id or unique prefix.
     *
     * @throws InvalidTargetException if it can't be the beginning of an id
     */
    public static Target revision(String id) {
        Target target = of(id);
        if (target.offset != 0 || target.isHead() || target.isHeads() || target.isBase()) {
            throw new InvalidTargetException(id, "is not an id or its beginning.");
        }
        return target;
    }

    private static InvalidTargetException notATarget(String text) {
        return new InvalidTargetException(
                text,
                "is not a target. Nothing was changed."
                        + " Write head, heads, base, +N, -N, an id or its beginning, ID+N or ID-N; N from 1.");
    }

    boolean isHead() {
        return offset == 0 && anchor.equals("head");
    }

    boolean isHeads() {
        return anchor.equals("heads");
    }

    boolean isBase() {
        return anchor.equals("base");
    }

    /** Whether it is counted from what is applied: {@code +N} or {@code -N}. */
    boolean isRelative() {
        return anchor.isEmpty();
    }

    /** An id, a prefix, {@code head}, {@code heads}, {@code base}, or empty. */
    String anchor() {
        return anchor;
    }

    int offset() {
        return offset;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target && target.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The target as it is written. */
    @Override
    public String toString() {
        return text;
    }
}
