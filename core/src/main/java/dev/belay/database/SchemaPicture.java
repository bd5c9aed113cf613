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
}
