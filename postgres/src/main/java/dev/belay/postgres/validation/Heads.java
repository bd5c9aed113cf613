package dev.belay.postgres.validation;

import dev.belay.validation.Validator;

/** Checks of the applied revisions. @since 0.1 */
public final class Heads {
    private Heads() {}

    /** The applied heads are those that the run wanted to reach, and no revision was left half-way. Takes no lock. */
    public static Validator areExpected() {
        return new HeadsAreExpected();
    }
}
