package dev.belay.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.fault.Act.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which faults strike at which points. */
class BlowTest {
    private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

    @Test
    void everyFaultStrikesAtEveryPoint() {
        List<Act> acts = List.of(
                new Act(1, Kind.CHANGE, 1, "d", "CREATE TABLE t (id int)"), new Act(2, Kind.COMMIT, 1, "d", "COMMIT"));
        assertThat(Blow.all(acts, ALL)).hasSize(2 * 2 * ALL.size()).doesNotHaveDuplicates();
    }

    @Test
    void whatTakesTimeHasAnInside() {
        List<Act> acts = List.of(
                new Act(1, Kind.COPY, 1, "d", "COPY t FROM stdin"),
                new Act(2, Kind.CHANGE, 1, "d", "DROP INDEX CONCURRENTLY i"));
        assertThat(Blow.all(acts, ALL)).hasSize(2 * 3 * ALL.size());
    }

    @Test
    void aSampleIsMostlyAtWhatDecidesAndHasEveryFault() {
        List<Act> acts = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            acts.add(new Act(i, i % 2 == 0 ? Kind.COMMIT : Kind.CHANGE, 1, "d", "..."));
        }
        List<Blow> sample = Blow.sample(acts, ALL, 30);
        assertThat(sample).hasSize(30).doesNotHaveDuplicates().isEqualTo(Blow.sample(acts, ALL, 30));
        assertThat(sample).filteredOn(blow -> blow.act().kind() == Kind.COMMIT).hasSize(20);
        assertThat(sample).extracting(Blow::fault).containsAll(ALL);
        assertThat(sample).extracting(Blow::moment).contains(Moment.BEFORE, Moment.AFTER);
    }

    @Test
    void aSampleIsNeverMoreThanThereIs() {
        List<Act> acts = List.of(new Act(1, Kind.COMMIT, 1, "d", "COMMIT"));
        assertThat(Blow.sample(acts, ALL, 30)).hasSize(2);
    }
}
