package dev.belay.testkit.junit;

import dev.belay.BelayException;

/** An annotation of the testkit was used in a way that can't be; the message says the right one. @since 0.1 */
public final class WrongUseException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what would be right. */
    public WrongUseException(String message) {
        super(message);
    }
}
