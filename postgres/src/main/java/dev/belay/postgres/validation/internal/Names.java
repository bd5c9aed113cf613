package dev.belay.postgres.validation.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Names as arguments and in messages. */
public final class Names {
    private Names() {}

    /**
     * The names that a caller passed, checked.
     *
     * @throws IllegalArgumentException when there are none, one is blank, or one is there twice
     */
    public static List<String> checked(String what, String first, String... others) {
        List<String> names = new ArrayList<>();
        names.add(first);
        names.addAll(Arrays.asList(others));
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(what + ": a name is blank");
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(what + ": a name is there twice: " + names);
        }
        return List.copyOf(names);
    }

    /** As Java would write them, for {@code toString}. */
    public static String asArguments(List<String> names) {
        return names.stream()
                .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", "));
    }

    /** The first few, and how many more there are. */
    public static String firstFew(List<String> names, long total) {
        String shown = names.stream().limit(3).collect(Collectors.joining(", "));
        return total > 3 ? shown + " and " + (total - 3) + " more" : shown;
    }
}
