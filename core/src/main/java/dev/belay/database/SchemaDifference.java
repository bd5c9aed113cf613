package dev.belay.database;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing in which two schemas differ. Immutable.
 *
 * @param kind of what, as PostgreSQL calls it: {@code table}, {@code column}, {@code index}
 * @param object its name, qualified, quoted where needed: {@code public.users.age}
 * @param change what became of it
 * @param attribute what of it differs, for instance {@code default}; empty unless it is changed
 * @param before the attribute's value before; empty when it had none
 * @param after the attribute's value after; empty when it has none
 * @since 0.1
 */
public record SchemaDifference(
        String kind,
        String object,
        Change change,
        Optional<String> attribute,
        Optional<String> before,
        Optional<String> after) {
    /** The attribute of a table that tells the order of its columns, which can be another without anything being lost. */
    public static final String COLUMN_ORDER = "column order";

    /** What became of an object. */
    public enum Change {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It is there before and after. */
        CHANGED;

        /** As in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that nothing is null. */
    public SchemaDifference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(attribute, "attribute");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** An object that only the later schema has. */
    public static SchemaDifference added(String kind, String object) {
        return whole(kind, object, Change.ADDED);
    }

    /** An object that only the earlier schema has. */
    public static SchemaDifference removed(String kind, String object) {
        return whole(kind, object, Change.REMOVED);
    }

    private static SchemaDifference whole(String kind, String object, Change change) {
        return new SchemaDifference(kind, object, change, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An attribute that differs. */
    public static SchemaDifference changed(
            String kind, String object, String attribute, Optional<String> before, Optional<String> after) {
        return new SchemaDifference(kind, object, Change.CHANGED, Optional.of(attribute), before, after);
    }

    /** Whether only the order of a table's columns differs. */
    public boolean isColumnOrder() {
        return attribute.filter(COLUMN_ORDER::equals).isPresent();
    }

    /** Those that are more than another order of columns. */
    public static List<SchemaDifference> ignoringColumnOrder(List<SchemaDifference> differences) {
        return differences.stream()
                .filter(difference -> !difference.isColumnOrder())
                .toList();
    }

    /** All of them in one line. */
    public static String join(List<SchemaDifference> differences) {
        return differences.stream().map(SchemaDifference::toString).collect(Collectors.joining("; "));
    }

    /** A line for a person, for instance {@code column public.users.age: default is missing (was: 0)}. */
    @Override
    public String toString() {
        String what = kind + " " + object;
        return switch (change) {
            case ADDED -> what + " is new";
            case REMOVED -> what + " is missing";
            case CHANGED ->
                what + ": " + attribute.orElse("") + " is " + after.orElse("missing") + " (was: "
                        + before.orElse("none") + ")";
        };
    }
}
