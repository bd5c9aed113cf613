package dev.belay.testkit.fault;

import dev.belay.testkit.fault.Act.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** A fault at a point. */
record Blow(Act act, Moment moment, Fault fault) {
    private static final Set<Kind> DECIDING = EnumSet.of(Kind.COMMIT, Kind.RECORD);

    private static final long SEED = 20261121;

    Point point() {
        return new Point(act.number(), moment);
    }

    /** Every fault at every point. */
    static List<Blow> all(List<Act> acts, Collection<Fault> faults) {
        List<Blow> blows = new ArrayList<>();
        for (Act act : acts) {
            for (Moment moment : moments(act)) {
                faults.forEach(fault -> blows.add(new Blow(act, moment, fault)));
            }
        }
        return blows;
    }

    /**
     * A choice of them, the same each time: two thirds at what decides (commits, and what Belay records), the rest at the
     * other acts; one fault for each point, in turn.
     */
    static List<Blow> sample(List<Act> acts, Collection<Fault> faults, int size) {
        List<Blow> deciding = mixed(all(acts, List.of(Fault.CUT)), true);
        List<Blow> others = mixed(all(acts, List.of(Fault.CUT)), false);
        int ofOthers = Math.min(others.size(), Math.max(size / 3, size - deciding.size()));
        int ofDeciding = Math.min(deciding.size(), size - ofOthers);
        List<Blow> points = new ArrayList<>(deciding.subList(0, ofDeciding));
        points.addAll(others.subList(0, ofOthers));
        List<Fault> turns = List.copyOf(faults);
        List<Blow> chosen = new ArrayList<>();
        for (Blow point : points) {
            chosen.add(new Blow(point.act, point.moment, turns.get(chosen.size() % turns.size())));
        }
        return chosen;
    }

    private static List<Blow> mixed(List<Blow> points, boolean deciding) {
        List<Blow> some = new ArrayList<>(points.stream()
                .filter(point -> DECIDING.contains(point.act.kind()) == deciding)
                .toList());
        Collections.shuffle(some, new Random(SEED));
        return some;
    }

    /** What takes no time has no inside. */
    private static Set<Moment> moments(Act act) {
        boolean writesRows =
                act.words().toLowerCase(Locale.ROOT).matches("(copy|update|insert|delete|create index)\\b.*");
        return act.isConcurrent() || writesRows && act.kind() != Kind.RECORD
                ? EnumSet.allOf(Moment.class)
                : EnumSet.of(Moment.BEFORE, Moment.AFTER);
    }
}
