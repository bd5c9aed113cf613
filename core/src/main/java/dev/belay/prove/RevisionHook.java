package dev.belay.prove;

import java.sql.Connection;

/**
 * What a test of its own does around the steps of one revision's proof; each method does nothing by default.
 *
 * <p>What a method throws is a fault of the revision: its proof says at which step, and the other revisions are proven all the
 * same. Called by one thread at a time, but not always by the same one.
 *
 * @since 0.1
 */
public interface RevisionHook {
    /** Whether {@link #beforeUpgrade} brings the rows; then none are made up for this revision. The default is false. */
    default boolean bringsRows() {
        return false;
    }

    /** Before the first upgrade, with everything applied that comes before the revision; committed afterwards. */
    default void beforeUpgrade(Connection connection) throws Exception {}

    /** After the first upgrade and again after the second; rolled back afterwards, so it changes nothing. */
    default void afterUpgrade(Connection connection) throws Exception {}

    /** After the downgrade; rolled back afterwards, so it changes nothing. */
    default void afterDowngrade(Connection connection) throws Exception {}
}
