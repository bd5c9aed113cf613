package dev.belay.revision;

import dev.belay.revision.RevisionFile.Reading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sources of revisions that Belay brings, and their sum.
 *
 * <p>Immutable and safe for use by several threads; each {@link #load()} reads anew.
 *
 * @since 0.1
 */
public final class Revisions implements RevisionSource {
    private final String description;
    private final Supplier<List<Revision>> loader;
    private final Supplier<Optional<Map<String, String>>> checksums;

    private Revisions(
            String description, Supplier<List<Revision>> loader, Supplier<Optional<Map<String, String>>> checksums) {
        this.description = description;
        this.loader = loader;
        this.checksums = checksums;
    }

    private static Revisions ofFiles(String description, Consumer<Reading> files) {
        return new Revisions(description, () -> BelayLayout.read(files), () -> BelayLayout.checksums(files));
    }

    /**
     * The files of the layout {@code belay} that are directly in a directory. Files that do not end in {@code .sql},
     * and hidden ones, are ignored.
     */
    public static Revisions in(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return ofFiles(directory.toString(), reading -> PathFile.each(directory, reading));
    }

    /** As {@link #onClasspath(String, ClassLoader)}, with the thread's context class loader. */
    public static Revisions onClasspath(String location) {
        return onClasspath(location, contextClassLoader());
    }

    /**
     * The files of the layout {@code belay} at a location of the class path, such as {@code db/revisions}: in
     * directories and in jars, also jars inside a running jar. All places that have the location are read.
     */
    public static Revisions onClasspath(String location, ClassLoader classLoader) {
        Objects.requireNonNull(classLoader, "classLoader");
        String trimmed = location.replaceAll("^/+|/+$", "");
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException(
                    "location is empty: name a folder of the class path, such as db/revisions");
        }
        return ofFiles("classpath:" + trimmed, reading -> ClasspathFiles.each(trimmed, classLoader, reading));
    }

    /** Revisions that are there already, written in Java for instance. */
    public static Revisions of(Revision... revisions) {
        List<Revision> all = List.of(revisions);
        return new Revisions(all.size() + " given", () -> all, Optional::empty);
    }

    /** These revisions and those of another source; together they make one graph. */
    public Revisions and(RevisionSource other) {
        Objects.requireNonNull(other, "other");
        return new Revisions(
                description + " and " + other.describe(),
                () -> Stream.concat(load().stream(), other.load().stream()).toList(),
                () -> checksums().flatMap(mine -> other.checksums().flatMap(theirs -> union(mine, theirs))));
    }

    @Override
    public List<Revision> load() {
        return loader.get();
    }

    @Override
    public Optional<Map<String, String>> checksums() {
        return checksums.get();
    }

    private static Optional<Map<String, String>> union(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all.size() == some.size() + others.size() ? Optional.of(all) : Optional.empty();
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public String toString() {
        return "Revisions[" + description + "]";
    }

    private static ClassLoader contextClassLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null ? loader : Objects.requireNonNull(Revisions.class.getClassLoader());
    }
}
