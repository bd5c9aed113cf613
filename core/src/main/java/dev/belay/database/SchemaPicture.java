package dev.belay.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schema as a sorted map from an object's name ({@code "column public.users.age"}) to its definition.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public record SchemaPicture(SortedMap<String, String> objects) {
    /** Copies. */
    public SchemaPicture {
        objects = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /** What differs, an object a line, ready to be read; empty when the two are equal. */
    public List<String> differencesTo(SchemaPicture after) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> entry : objects.entrySet()) {
            String now = after.objects.get(entry.getKey());
            if (now == null) {
                lines.add(entry.getKey() + " is missing (was: " + entry.getValue() + ")");
            } else if (!now.equals(entry.getValue())) {
                lines.add(entry.getKey() + " is " + now + " (was: " + entry.getValue() + ")");
            }
        }
        for (Map.Entry<String, String> entry : after.objects.entrySet()) {
            if (!objects.containsKey(entry.getKey())) {
                lines.add(entry.getKey() + " is new: " + entry.getValue());
            }
        }
        return lines;
    }
}
