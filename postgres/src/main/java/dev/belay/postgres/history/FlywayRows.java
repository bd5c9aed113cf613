package dev.belay.postgres.history;

import dev.belay.layout.FlywayProperties;
import dev.belay.layout.FlywayVersion;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the rows of Flyway's table say together with the files, as its {@code info} would (MigrationInfoServiceImpl). */
final class FlywayRows {
    /**
     * A row.
     *
     * @param version empty for a repeatable one
     * @param checksum as text; empty where there is none
     */
    record Row(
            String version,
            String description,
            String type,
            String script,
            String checksum,
            Instant at,
            boolean success) {}

    private static final Set<String> TAKEN_BACK = Set.of("DELETE", "UNDO_SQL", "UNDO_SCRIPT");
    private static final Set<String> BASELINES = Set.of("BASELINE", "INIT", "SQL_BASELINE", "JDBC_BASELINE");

    private final RevisionGraph graph;
    private final Map<Key, Row> live = new LinkedHashMap<>();
    private final Map<Key, Row> failed = new LinkedHashMap<>();
    private Optional<FlywayVersion> baseline = Optional.empty();

    /** In the order of their ranks. */
    FlywayRows(RevisionGraph graph, List<Row> rows) {
        this.graph = graph;
        for (Row row : rows) {
            if (!row.type().equals("SCHEMA")) {
                take(row);
            }
        }
    }

    private static AppliedRevision applied(Row row, String id, List<String> parents) {
        return new AppliedRevision(id, parents, row.description(), row.type() + " " + row.checksum(), row.at(), false);
    }

    private void take(Row row) {
        Key key = key(row.version(), row.description(), row.type().endsWith("_BASELINE"));
        if (TAKEN_BACK.contains(row.type())) {
            live.remove(key);
            return;
        }
        if (!row.success()) {
            failed.put(key, row);
            return;
        }
        if (BASELINES.contains(row.type())) {
            FlywayVersion version = FlywayVersion.of(row.version());
            baseline = Optional.of(
                    baseline.filter(other -> other.compareTo(version) > 0).orElse(version));
        }
        if (!row.type().equals("BASELINE") && !row.type().equals("INIT")) {
            live.remove(key); // the newest goes where it was applied
            live.put(key, row);
        }
    }

    private record Key(Optional<FlywayVersion> version, String description, boolean baseline) {}

    private static Key key(String version, String description, boolean baseline) {
        return version.isEmpty()
                ? new Key(Optional.empty(), description, false)
                : new Key(Optional.of(FlywayVersion.of(version)), "", baseline);
    }

    private static Key key(Revision revision) {
        Map<String, String> properties = revision.properties();
        return key(
                properties.getOrDefault(FlywayProperties.VERSION, ""),
                FlywaySql.shortened(revision.description()),
                properties.getOrDefault(FlywayProperties.TYPE, "").endsWith("_BASELINE"));
    }

    /**
     * What counts as applied, in the order of the ranks.
     *
     * @param checksums of a repeatable file, as they may be in its row
     */
    List<AppliedRevision> applied(Function<Revision, Set<String>> checksums) {
        Map<Key, Revision> files = new LinkedHashMap<>();
        graph.inOrder().forEach(revision -> files.put(key(revision), revision));
        List<AppliedRevision> found = new ArrayList<>(belowBaseline(files));
        live.forEach((key, row) -> {
            Revision file = files.get(key);
            boolean baselineWithoutFile = file == null && row.type().endsWith("_BASELINE");
            boolean outdated = file != null
                    && row.version().isEmpty()
                    && !checksums.apply(file).contains(row.checksum());
            if (!baselineWithoutFile && !outdated) {
                found.add(applied(row, file == null ? idWithoutFile(row) : file.id(), List.of()));
            }
        });
        return linked(found);
    }

    /** What was begun and failed; its id is what its row calls it where it has no file. */
    Optional<AppliedRevision> failed() {
        return failed.entrySet().stream()
                .findFirst()
                .map(each -> applied(
                        each.getValue(),
                        graph.inOrder().stream()
                                .filter(revision -> key(revision).equals(each.getKey()))
                                .findFirst()
                                .map(Revision::id)
                                .orElseGet(() -> idWithoutFile(each.getValue())),
                        List.of()));
    }

    /** Files that Flyway never runs in this database, since what is in it stands for them. */
    private List<AppliedRevision> belowBaseline(Map<Key, Revision> files) {
        List<AppliedRevision> found = new ArrayList<>();
        boolean begun = baseline.isPresent()
                || live.values().stream().anyMatch(row -> !row.version().isEmpty());
        files.forEach((key, file) -> {
            if (key.version().isEmpty() || live.containsKey(key)) {
                return;
            }
            boolean baselineFile =
                    file.properties().getOrDefault(FlywayProperties.TYPE, "").endsWith("_BASELINE");
            boolean below = baseline.isPresent() && key.version().get().compareTo(baseline.get()) <= 0;
            if (baselineFile ? begun : below) {
                found.add(new AppliedRevision(file.id(), List.of(), file.description(), "", Instant.EPOCH, true));
            }
        });
        return found;
    }

    private static String idWithoutFile(Row row) {
        return row.version().isEmpty() ? row.script() : row.version();
    }

    /** In the order of the files each builds on the one before, so that one is the last, whatever was applied when. */
    private List<AppliedRevision> linked(List<AppliedRevision> applied) {
        Map<String, Integer> places = new HashMap<>();
        graph.inOrder().forEach(revision -> places.put(revision.id(), places.size()));
        List<String> order = applied.stream()
                .map(AppliedRevision::id)
                .sorted(Comparator.comparingInt((String id) -> places.getOrDefault(id, -1))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Map<String, List<String>> parents = new HashMap<>();
        for (int i = 1; i < order.size(); i++) {
            parents.put(order.get(i), List.of(order.get(i - 1)));
        }
        return applied.stream()
                .map(each -> new AppliedRevision(
                        each.id(),
                        parents.getOrDefault(each.id(), List.of()),
                        each.description(),
                        each.checksum(),
                        each.appliedAt(),
                        each.stamped()))
                .toList();
    }

    /** A version that isn't applied though a later one is, and that one; Flyway calls it ignored. */
    static Optional<List<String>> outOfOrder(RevisionGraph graph, List<String> applied) {
        Set<String> done = new HashSet<>(applied);
        Optional<String> missing = Optional.empty();
        for (Revision revision : graph.inOrder()) {
            if (revision.properties().containsKey(FlywayProperties.VERSION)) {
                if (!done.contains(revision.id())) {
                    missing = missing.isEmpty() ? Optional.of(revision.id()) : missing;
                } else if (missing.isPresent()) {
                    return Optional.of(List.of(missing.get(), revision.id()));
                }
            }
        }
        return Optional.empty();
    }
}
