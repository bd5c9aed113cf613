package dev.belay.postgres.schema;

import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One object of a schema. Immutable.
 *
 * @param kind its kind
 * @param name as {@code pg_identify_object} gives it: qualified, quoted where needed ({@code public.users.age},
 *     {@code users_age_check on public.users}, {@code public.add(integer,integer)})
 * @param of the name of the relation or type that it is a part of and with which it goes; empty for an object of its own
 * @param attributes what is known of it; what is as by default is left out
 * @since 0.1
 */
public record SchemaObject(ObjectKind kind, String name, Optional<String> of, SortedMap<String, String> attributes)
        implements Comparable<SchemaObject> {
    /** What tells it from others. */
    record Key(ObjectKind kind, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::kind).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Copies. */
    public SchemaObject {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(of, "of");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** One of its attributes; empty when it is as by default. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** By kind, then by name. */
    @Override
    public int compareTo(SchemaObject other) {
        int byKind = kind.compareTo(other.kind);
        return byKind == 0 ? name.compareTo(other.name) : byKind;
    }

    Key key() {
        return new Key(kind, name);
    }

    @Override
    public String toString() {
        return kind.label() + " " + name + " " + attributes;
    }
}
