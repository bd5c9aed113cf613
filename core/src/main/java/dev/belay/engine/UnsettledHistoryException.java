package dev.belay.engine;

import dev.belay.BelayException;

/**
 * Another tool marked a migration as failed, and it isn't known how far it came: nothing can be run before that is settled. The
 * database is as it was.
 *
 * @since 0.1
 */
public final class UnsettledHistoryException extends BelayException {
    private static final long serialVersionUID = 1L;

    /**
     * With the tool's mark.
     *
     * @param why what is known of the state of the database, as one sentence or more
     */
    public UnsettledHistoryException(FailureMark mark, String why) {
        super(mark.words() + " " + why + " Nothing was changed.\n"
                + "Look at what of it is there, bring the database to the state before or after it, and clear the mark: "
                + mark.wayOut() + "; or record what is there with belay stamp.");
    }
}
