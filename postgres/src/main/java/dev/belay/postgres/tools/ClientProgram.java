package dev.belay.postgres.tools;

import java.nio.file.Path;

/**
 * An installed client program.
 *
 * @param name for instance {@code pg_dump}
 * @param path where it is
 * @param version as it says, for instance {@code 15.4}
 * @param major the first number of the version
 * @since 0.1
 */
public record ClientProgram(String name, Path path, String version, int major) {}
