package dev.belay.engine;

import dev.belay.revision.Direction;
import java.time.Duration;

/**
 * One revision that was run.
 *
 * @param revision its id
 * @param direction which way
 * @param duration how long it took
 * @param statements how many statements it ran
 * @since 0.1
 */
public record RevisionResult(String revision, Direction direction, Duration duration, int statements) {}
