package dev.belay.revision;

import java.util.List;
import java.util.Objects;
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

    private Revisions(String description, Supplier<List<Revision>> loader) {
        this.description = description;
        this.loader = loader;
    }

    /** Revisions that are there already, written in Java for instance. */
    public static Revisions of(Revision... revisions) {
        List<Revision> all = List.of(revisions);
        return new Revisions(all.size() + " given", () -> all);
    }

    /** These revisions and those of another source; together they make one graph. */
    public Revisions and(RevisionSource other) {
        Objects.requireNonNull(other, "other");
        return new Revisions(
                description + " and " + other.describe(),
                () -> Stream.concat(load().stream(), other.load().stream()).toList());
    }

    @Override
    public List<Revision> load() {
        return loader.get();
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public String toString() {
        return "Revisions[" + description + "]";
    }
}
