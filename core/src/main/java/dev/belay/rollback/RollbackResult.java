package dev.belay.rollback;

import java.util.Map;
import java.util.Optional;

/**
 * How a change was undone.
 *
 * @param method how
 * @param succeeded whether the database is as it was before
 * @param keptDatabase the failed database that was kept, after a restore
 * @param surplus how many rows per table the kept database has that the restored one has not
 * @param detail a sentence for the reader
 * @since 0.1
 */
public record RollbackResult(
        Method method, boolean succeeded, Optional<String> keptDatabase, Map<String, Long> surplus, String detail) {
    /** The ways to undo a change. */
    public enum Method {
        /** The transaction was rolled back: nothing was ever committed. */
        TRANSACTION,
        /** The revisions were taken back by their downgrades. */
        DOWNGRADE,
        /** The backup was restored beside and swapped in. */
        RESTORE
    }

    /** Copies. */
    public RollbackResult {
        surplus = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(surplus));
    }

    /** A rollback that worked and left nothing beside. */
    public static RollbackResult succeeded(Method method, String detail) {
        return new RollbackResult(method, true, Optional.empty(), Map.of(), detail);
    }
}
