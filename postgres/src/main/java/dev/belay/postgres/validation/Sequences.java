package dev.belay.postgres.validation;

import dev.belay.validation.Validator;

/** Checks of sequences. @since 0.1 */
public final class Sequences {
    private Sequences() {}

    /**
     * The next value of every sequence that a column owns (as {@code serial} and identity columns have one) is beyond all values
     * in the column, so that the next INSERT doesn't meet an existing key. Descending sequences count downwards; those that
     * cycle are passed over, as are columns that aren't numbers.
     *
     * <p>One that was behind before the change already is a minor finding. Reads the column's greatest or least value: fast with
     * an index on it, else the whole table.
     */
    public static Validator areAheadOfTheirColumns() {
        return new SequencesAreAhead();
    }
}
