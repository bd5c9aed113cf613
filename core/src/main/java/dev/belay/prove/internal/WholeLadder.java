package dev.belay.prove.internal;

import dev.belay.database.SchemaDifference;
import dev.belay.database.TableFingerprint;
import dev.belay.engine.RevisionFailedException;
import dev.belay.prove.LadderProof;
import dev.belay.prove.internal.Ladder.Seen;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All revisions up, down and up again. */
final class WholeLadder {
    private final Ladder ladder;
    private final RevisionGraph graph;
    private final long start = System.nanoTime();
    private final List<String> floor;
    private final List<SchemaDifference> left = new ArrayList<>();
    private final List<SchemaDifference> second = new ArrayList<>();
    private Optional<String> up = Optional.empty();
    private Optional<String> down = Optional.empty();
    private Optional<String> again = Optional.empty();

    WholeLadder(Ladder ladder, RevisionGraph graph) {
        this.ladder = ladder;
        this.graph = graph;
        this.floor = floor(graph);
    }

    LadderProof perform() throws SQLException {
        climb();
        return new LadderProof(floor, up, down, again, left, second, Duration.ofNanos(System.nanoTime() - start));
    }

    private void climb() throws SQLException {
        ladder.rebuild(List.of());
        List<String> rest =
                new ArrayList<>(graph.inOrder().stream().map(Revision::id).toList());
        rest.removeAll(floor);
        up = fault(() -> ladder.up(floor));
        if (up.isPresent()) {
            return;
        }
        Seen bottom = ladder.seen();
        up = fault(() -> ladder.up(rest));
        if (up.isPresent()) {
            return;
        }
        Seen top = ladder.seen();
        List<String> back = new ArrayList<>(rest);
        Collections.reverse(back);
        down = fault(() -> ladder.down(back));
        if (down.isPresent()) {
            return;
        }
        Seen bottomAgain = ladder.seen();
        left.addAll(bottom.schema().differencesTo(bottomAgain.schema()));
        left.addAll(RowDifferences.between(bottom.rows(), bottomAgain.rows()));
        again = fault(() -> ladder.up(rest));
        if (again.isEmpty()) {
            Seen topAgain = ladder.seen();
            second.addAll(top.schema().differencesTo(topAgain.schema()));
            second.addAll(counts(top.rows(), topAgain.rows()));
        }
    }

    /** A revision may write the time of day: only the number of its rows must be the same each time. */
    private static List<SchemaDifference> counts(List<TableFingerprint> first, List<TableFingerprint> second) {
        return RowDifferences.between(first, second).stream()
                .filter(difference -> difference.attribute().equals(Optional.of(RowDifferences.COUNT)))
                .toList();
    }

    private Optional<String> fault(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (RevisionFailedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> floor(RevisionGraph graph) {
        Set<String> stay = new LinkedHashSet<>();
        for (Revision revision : graph.inOrder()) {
            if (!revision.reversible()) {
                graph.ancestors(revision.id()).forEach(ancestor -> stay.add(ancestor.id()));
                stay.add(revision.id());
            }
        }
        return graph.inOrder().stream().map(Revision::id).filter(stay::contains).toList();
    }
}
