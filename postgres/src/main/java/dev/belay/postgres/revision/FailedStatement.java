package dev.belay.postgres.revision;

import java.sql.SQLException;

/** A statement failed; carries what the server said, which may hold values: never to be shown, logged or made a cause. */
public final class FailedStatement extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Place place;
    private final SQLException error;

    /** Knows where and why. */
    public FailedStatement(Place place, SQLException error) {
        super("a statement of revision " + place.revision() + " failed", null, false, false);
        this.place = place;
        this.error = error;
    }

    /** Where. */
    public Place place() {
        return place;
    }

    /** Why, with all that the server said. */
    public SQLException error() {
        return error;
    }

    /** The SQLSTATE, or empty. */
    public String state() {
        return SafeError.state(error);
    }
}
