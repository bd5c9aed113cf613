package dev.belay.postgres.carryover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much was carried over, and what was not and why. */
final class Tally {
    private final Map<String, Long> carried = new TreeMap<>();
    private final Map<String, Map<String, Long>> failed = new TreeMap<>();

    void carried(String table) {
        carried.merge(table, 1L, Long::sum);
    }

    void not(String table, String why) {
        failed.computeIfAbsent(table, t -> new TreeMap<>()).merge(why, 1L, Long::sum);
    }

    /** A line for each table, without values. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        TreeMap<String, Long> tables = new TreeMap<>(carried);
        failed.keySet().forEach(table -> tables.putIfAbsent(table, 0L));
        tables.forEach((table, count) -> {
            StringBuilder line =
                    new StringBuilder(table).append(": ").append(count).append(" carried over");
            failed.getOrDefault(table, Map.of())
                    .forEach((why, n) -> line.append(", ")
                            .append(n)
                            .append(" not (")
                            .append(why)
                            .append(")"));
            lines.add(line.toString());
        });
        return lines;
    }
}
