package dev.belay.engine;

import java.util.List;
import java.util.Objects;

/**
 * What another tool wrote down about a migration that it began: that it didn't end. How far it came the mark doesn't say. Immutable.
 *
 * @param tool its name
 * @param revision the id of the revision, or what else the mark names
 * @param candidates what may be applied, each in an order in which it can be applied: the state before the migration first, then the
 *     others, each with more than the one before
 * @param sameFile whether the migration's file is known to be the one that was begun, so that what may be left of it is in it
 * @param wayOut how a person clears the mark, by the tool's own means
 * @since 0.1
 */
public record FailureMark(
        String tool, String revision, List<List<String>> candidates, boolean sameFile, String wayOut) {
    /** Copies. */
    public FailureMark {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(wayOut, "wayOut");
        candidates = candidates.stream().map(List::copyOf).toList();
    }

    /** For a person: what the mark says. */
    public String words() {
        return "The history of " + tool + " says that version " + revision + " was begun and failed.";
    }

    /** For a person: what the mark says while somebody has the lock of the tool. */
    public String wordsWhileLocked() {
        return "The history of " + tool + " says that version " + revision
                + " was begun and has not ended, and the lock of " + tool
                + " is held: it, or a run of Belay, is at work.";
    }
}
