package dev.belay.prove.internal;

import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaDifference.Change;
import java.util.List;
import java.util.Optional;

/** Says what differs as a reviewer would, with the likely cause. */
final class Review {
    private Review() {}

    /**
     * What the downgrade got wrong.
     *
     * @param back what differs between the schema before and the one after the downgrade
     * @param there what the upgrade changed
     */
    static List<String> ofDowngrade(List<SchemaDifference> back, List<SchemaDifference> there) {
        return back.stream().map(difference -> sentence(difference, there)).toList();
    }

    private static String sentence(SchemaDifference difference, List<SchemaDifference> there) {
        String what = difference.kind() + " " + difference.object();
        if (difference.change() == Change.REMOVED) {
            return has(there, difference, Change.REMOVED)
                    ? "The downgrade does not re-create " + what + ", which the upgrade drops."
                    : wholeOf(difference, there)
                            .map(whole -> "The downgrade re-creates " + whole + " without its " + what + ".")
                            .orElse("After the downgrade " + what + " is missing, which was there before the upgrade.");
        }
        if (difference.change() == Change.ADDED) {
            return has(there, difference, Change.ADDED)
                    ? "The downgrade leaves " + what + " behind, which the upgrade creates."
                    : "The downgrade creates " + what + ", which was not there before the upgrade.";
        }
        if (difference.isColumnOrder()) {
            return "The downgrade re-adds a column of " + what + " at the end: the columns come in another order ("
                    + difference.after().orElse("") + ") than before ("
                    + difference.before().orElse("")
                    + "). Nothing is lost; code that relies on the order, such as SELECT * or INSERT without names, sees it.";
        }
        String verb = has(there, difference, Change.REMOVED) ? "re-creates " : "leaves ";
        return "The downgrade " + verb + what + " " + attribute(difference) + ".";
    }

    /** What the upgrade drops and this is a part of, by their names. */
    private static Optional<String> wholeOf(SchemaDifference part, List<SchemaDifference> there) {
        return there.stream()
                .filter(other -> other.change() == Change.REMOVED)
                .filter(other -> part.object().startsWith(other.object() + ".")
                        || part.object().endsWith(" on " + other.object()))
                .map(other -> other.kind() + " " + other.object())
                .findFirst();
    }

    private static String attribute(SchemaDifference difference) {
        String attribute = difference.attribute().orElse("");
        Optional<String> before = difference.before();
        Optional<String> after = difference.after();
        if (after.isEmpty()) {
            return "without its " + named(attribute, before);
        }
        if (before.isEmpty()) {
            return "with " + named(attribute, after) + ", which it did not have";
        }
        return "with " + named(attribute, after) + " instead of " + before.get();
    }

    private static String named(String attribute, Optional<String> value) {
        String text = value.orElse("");
        return text.equals("true") ? attribute : attribute + " " + text;
    }

    private static boolean has(List<SchemaDifference> there, SchemaDifference same, Change change) {
        return there.stream()
                .anyMatch(other -> other.change() == change
                        && other.kind().equals(same.kind())
                        && other.object().equals(same.object()));
    }

    static List<String> ofRows(List<SchemaDifference> rows) {
        return rows.stream()
                .map(difference -> difference.before().isPresent()
                        ? "After the downgrade " + difference.object() + " has "
                                + difference.after().orElse("0") + " rows instead of "
                                + difference.before().get() + "."
                        : "After the downgrade some rows of " + difference.object()
                                + " are not what they were before the upgrade.")
                .toList();
    }
}
