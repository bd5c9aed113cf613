package dev.belay.prove.internal;

import dev.belay.prove.RevisionProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Results that come in any order and are told in theirs. Thread-safe. */
final class InOrder {
    private final int size;
    private final Consumer<RevisionProof> listener;
    private final Map<Integer, RevisionProof> waiting = new TreeMap<>();
    private final List<RevisionProof> told = new ArrayList<>();

    InOrder(int size, Consumer<RevisionProof> listener) {
        this.size = size;
        this.listener = listener;
    }

    synchronized void put(int place, RevisionProof proof) {
        waiting.put(place, proof);
        for (RevisionProof next = waiting.remove(told.size()); next != null; next = waiting.remove(told.size())) {
            told.add(next);
            listener.accept(next);
        }
    }

    synchronized List<RevisionProof> all() {
        if (told.size() != size) {
            throw new IllegalStateException(told.size() + " of " + size + " revisions are proven");
        }
        return List.copyOf(told);
    }
}
