package dev.belay.postgres.carryover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the changes of one transaction in the order of a row's versions, where they were written down in another. */
final class Succession {
    private final Map<String, Written> waiting = new HashMap<>();
    private final Set<String> toCome = new HashSet<>();

    /** What can be done once this has come; nothing as long as it has to wait for one that comes later. */
    List<Change> next(Written written) {
        if (written.overtook() || toCome.contains(written.was())) {
            waiting.put(written.was(), written);
            toCome.add(written.became());
            return List.of();
        }
        List<Change> ready = new ArrayList<>();
        ready.add(written.change());
        Written last = written;
        while (waiting.containsKey(last.became())) {
            last = waiting.remove(last.became());
            toCome.remove(last.became());
            ready.add(last.change());
        }
        return ready;
    }
}
