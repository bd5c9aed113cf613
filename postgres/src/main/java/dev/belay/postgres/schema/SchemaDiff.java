package dev.belay.postgres.schema;

import dev.belay.database.SchemaDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares two snapshots. A part of something that is gone or new is not told apart from it. */
final class SchemaDiff {
    /** A name in a list, quoted or not. */
    private static final Pattern NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"|[^,\\s]+");

    private final Map<SchemaObject.Key, SchemaObject> before;
    private final Map<SchemaObject.Key, SchemaObject> after;
    private final Set<String> wholesBefore;
    private final Set<String> wholesAfter;

    private SchemaDiff(SchemaSnapshot before, SchemaSnapshot after) {
        this.before = byKey(before);
        this.after = byKey(after);
        this.wholesBefore = wholes(before);
        this.wholesAfter = wholes(after);
    }

    static List<SchemaDifference> between(SchemaSnapshot before, SchemaSnapshot after) {
        return before.objects().equals(after.objects()) ? List.of() : new SchemaDiff(before, after).differences();
    }

    private static Map<SchemaObject.Key, SchemaObject> byKey(SchemaSnapshot snapshot) {
        Map<SchemaObject.Key, SchemaObject> map = new TreeMap<>();
        snapshot.objects().forEach(object -> map.put(object.key(), object));
        return map;
    }

    private static Set<String> wholes(SchemaSnapshot snapshot) {
        return snapshot.objects().stream()
                .filter(object -> object.of().isEmpty())
                .map(SchemaObject::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<SchemaDifference> differences() {
        Set<SchemaObject.Key> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<SchemaDifference> found = new ArrayList<>();
        for (SchemaObject.Key key : keys) {
            SchemaObject old = before.get(key);
            SchemaObject now = after.get(key);
            if (old == null && now != null) {
                if (isOnItsOwn(now, wholesBefore)) {
                    found.add(SchemaDifference.added(key.kind().label(), key.name()));
                }
            } else if (now == null && old != null) {
                if (isOnItsOwn(old, wholesAfter)) {
                    found.add(SchemaDifference.removed(key.kind().label(), key.name()));
                }
            } else if (now != null && old != null && !old.equals(now)) {
                found.addAll(changes(old, now));
            }
        }
        return found;
    }

    /** Whether what it is a part of is there on the side where it is not. */
    private static boolean isOnItsOwn(SchemaObject part, Set<String> others) {
        return part.of().isEmpty() || others.contains(part.of().get());
    }

    private static List<SchemaDifference> changes(SchemaObject old, SchemaObject now) {
        Set<String> names = new TreeSet<>(old.attributes().keySet());
        names.addAll(now.attributes().keySet());
        List<SchemaDifference> found = new ArrayList<>();
        for (String name : names) {
            Optional<String> was = old.attribute(name);
            Optional<String> is = now.attribute(name);
            if (!was.equals(is) && (!name.equals(SchemaDifference.COLUMN_ORDER) || isReordered(was, is))) {
                found.add(SchemaDifference.changed(old.kind().label(), old.name(), name, was, is));
            }
        }
        if (found.isEmpty() && !old.of().equals(now.of())) {
            found.add(SchemaDifference.changed(old.kind().label(), old.name(), "of", old.of(), now.of()));
        }
        return found;
    }

    /** Whether the columns that both have come in another order; that one has more is said of the column. */
    private static boolean isReordered(Optional<String> was, Optional<String> is) {
        Set<String> old = names(was);
        Set<String> now = names(is);
        List<String> oldCommon = old.stream().filter(now::contains).toList();
        List<String> nowCommon = now.stream().filter(old::contains).toList();
        return !oldCommon.equals(nowCommon);
    }

    private static Set<String> names(Optional<String> list) {
        return NAME.matcher(list.orElse(""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
