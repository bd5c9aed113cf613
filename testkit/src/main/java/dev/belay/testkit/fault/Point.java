package dev.belay.testkit.fault;

import java.util.Objects;

/**
 * Where a fault strikes.
 *
 * @param act the number of the act
 * @param moment when, as seen from that act
 * @since 0.1
 */
public record Point(int act, Moment moment) {
    /** Checks. */
    public Point {
        if (act < 1) {
            throw new IllegalArgumentException("act: acts are counted from 1, this is " + act);
        }
        Objects.requireNonNull(moment, "moment");
    }
}
