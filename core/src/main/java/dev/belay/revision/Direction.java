package dev.belay.revision;

/**
 * Which way a route goes.
 *
 * @since 0.1
 */
public enum Direction {
    /** Towards the heads, by upgrades. */
    UP,
    /** Towards the base, by downgrades. */
    DOWN
}
