package dev.belay.layout;

import dev.belay.layout.SqitchChange.Dependency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the dependencies of a plan mean (Plan/ChangeList.pm, check_changes in Plan.pm), as far as the plan was read. */
final class SqitchReferences {
    private final List<SqitchChange> changes;
    private final Map<String, Integer> lines;
    private final Map<String, Integer> recent;

    /**
     * Over what is read.
     *
     * @param lines of changes and tags up to the last tag
     * @param recent of changes behind it
     */
    SqitchReferences(List<SqitchChange> changes, Map<String, Integer> lines, Map<String, Integer> recent) {
        this.changes = changes;
        this.lines = lines;
        this.recent = recent;
    }

    /** The change that is meant: by its id, the first of a name, the last of a name up to a tag, or the tag's. */
    Optional<SqitchChange> find(String key) {
        int at = key.indexOf('@');
        if (at < 0) {
            return changes.stream()
                    .filter(change ->
                            change.id().equals(key) || change.planned().name().equals(key))
                    .findFirst();
        }
        String tag = key.substring(at + 1);
        SqitchChange found = null;
        for (SqitchChange change : changes) {
            if (at == 0 || change.planned().name().equals(key.substring(0, at))) {
                found = change;
            }
            if (change.tags().stream().anyMatch(each -> each.planned().name().equals(tag))) {
                return Optional.ofNullable(found);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with a dependency of the change that comes next. */
    Optional<String> problem(String change, Dependency dependency) {
        String key = dependency.key();
        if (dependency.conflict()) {
            return find(key).isPresent()
                    ? Optional.of(
                            "change " + change + " conflicts with " + key
                                    + ", which is deployed before it: Sqitch refuses to deploy it. Remove the one or the other.")
                    : Optional.empty();
        }
        if (key.matches("[0-9a-f]{40}")) {
            return find(key).isPresent()
                    ? Optional.empty()
                    : Optional.of("the id " + key + " that change " + change
                            + " requires is of no change before it; another project's can't be checked.");
        }
        if (key.equals(change) && !lines.containsKey(key)) {
            return Optional.of("change " + change + " requires itself.");
        }
        return isKnown(key)
                ? Optional.empty()
                : Optional.of("change " + change + " requires " + key + ", which is not before it in the plan.");
    }

    private boolean isKnown(String key) {
        int at = key.indexOf('@');
        if (at <= 0) {
            return lines.containsKey(key) || recent.containsKey(key);
        }
        Integer tag = lines.get(key.substring(at));
        Integer named = lines.get(key.substring(0, at));
        return tag != null && named != null && named < tag;
    }
}
