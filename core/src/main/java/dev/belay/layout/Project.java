package dev.belay.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the project around a directory says of its tool. Several tools have files of the same names, and only the manifest of
 * the project can tell them apart.
 */
final class Project {
    private static final Map<String, String> NAMED_IN =
            Map.of("go.mod", "golang-migrate", "Cargo.toml", "sqlx", "package.json", "node-pg-migrate");

    private static final int LEVELS = 4;

    private Project() {}

    /** Whether nothing speaks for another tool: the nearest manifest above names this one, or none. */
    static boolean admits(Path directory, String tool) throws IOException {
        Path level = directory.toAbsolutePath().normalize();
        for (int i = 0; i < LEVELS && level != null; i++) {
            Set<String> named = named(level);
            if (!named.isEmpty()) {
                return named.contains(tool);
            }
            level = level.getParent();
        }
        return true;
    }

    private static Set<String> named(Path level) throws IOException {
        Set<String> named = new TreeSet<>();
        for (Map.Entry<String, String> manifest : NAMED_IN.entrySet()) {
            Path file = level.resolve(manifest.getKey());
            if (Files.isRegularFile(file) && Files.readString(file).contains(manifest.getValue())) {
                named.add(manifest.getValue());
            }
        }
        return named;
    }
}
