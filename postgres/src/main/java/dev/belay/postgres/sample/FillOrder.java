package dev.belay.postgres.sample;

import dev.belay.postgres.sample.SampleTable.ForeignKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** In which order tables are filled: those that others refer to first. */
final class FillOrder {
    /**
     * A table's turn.
     *
     * @param late its foreign keys that are NULL at first, as their parents come later or are in the table itself
     * @param promised its foreign keys to rows that are inserted later, in the same transaction
     */
    record Step(SampleTable table, List<ForeignKey> late, List<ForeignKey> promised) {}

    private final Set<SampleTable> left;
    private final List<Step> steps = new ArrayList<>();

    private FillOrder(List<SampleTable> tables) {
        left = new LinkedHashSet<>(tables);
    }

    static List<Step> of(List<SampleTable> tables) {
        FillOrder order = new FillOrder(tables);
        while (!order.left.isEmpty()) {
            order.next();
        }
        return order.steps;
    }

    /** A circle is cut where a reference may be NULL, else where it may wait for the end of the transaction. */
    private void next() {
        Set<String> waiting = new HashSet<>();
        left.forEach(table -> waiting.add(table.into()));
        List<SampleTable> ready =
                left.stream().filter(table -> open(table, waiting).isEmpty()).toList();
        if (!ready.isEmpty()) {
            ready.forEach(table -> take(table, List.of()));
            return;
        }
        SampleTable cut = first(waiting, (table, key) -> key.optionalIn(table))
                .or(() -> first(waiting, (table, key) -> key.optionalIn(table) || key.deferrable()))
                .orElseGet(() -> left.iterator().next());
        take(cut, open(cut, waiting));
    }

    private Optional<SampleTable> first(Set<String> waiting, BiPredicate<SampleTable, ForeignKey> cuttable) {
        return left.stream()
                .filter(table -> open(table, waiting).stream().allMatch(key -> cuttable.test(table, key)))
                .findFirst();
    }

    /** Its keys to tables that are still to come, itself left out. */
    private static List<ForeignKey> open(SampleTable table, Set<String> waiting) {
        return table.foreignKeys().stream()
                .filter(key -> waiting.contains(key.parent()) && !key.refersTo(table))
                .toList();
    }

    private void take(SampleTable table, List<ForeignKey> open) {
        left.remove(table);
        List<ForeignKey> late = new ArrayList<>();
        List<ForeignKey> promised = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            boolean early = key.refersTo(table) || open.contains(key);
            if (early && key.optionalIn(table)) {
                late.add(key);
            } else if (open.contains(key) && key.deferrable()) {
                promised.add(key);
            }
        }
        steps.add(new Step(table, late, promised));
    }
}
