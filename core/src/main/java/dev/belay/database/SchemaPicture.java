package dev.belay.database;

import java.util.List;

/**
 * What a schema looked like at one instant; another one of the same kind can be compared with it. Immutable.
 *
 * @since 0.1
 */
public interface SchemaPicture {
    /** What differs, in a fixed order; empty when the two are equal, to the order of the columns. */
    List<SchemaDifference> differencesTo(SchemaPicture after);

    /**
     * A short text that is equal for schemas which differ in nothing but the order of their columns, and in practice for no others:
     * for when the picture itself is gone.
     */
    String digest();
}
