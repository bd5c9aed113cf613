package dev.belay.postgres.carryover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.carryover.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static Written version(int was, int became, boolean overtook) {
        Change change = new Change(Kind.UPDATE, List.of("t"), Map.of(), Map.of("v", Optional.of("" + became)));
        return new Written("1", "v" + was, "v" + became, overtook, change);
    }

    private static List<String> order(Written... written) {
        Succession succession = new Succession();
        List<String> order = new ArrayList<>();
        for (Written next : written) {
            succession
                    .next(next)
                    .forEach(change -> order.add(change.after().get("v").orElseThrow()));
        }
        return order;
    }

    @Test
    void whatComesInOrderStaysSo() {
        assertThat(order(version(0, 1, false), version(10, 11, false), version(1, 2, false)))
                .containsExactly("1", "11", "2");
    }

    @Test
    void whatOvertookComesBehindWhatItReplaced() {
        assertThat(order(version(1, 2, true), version(2, 3, false), version(10, 11, false), version(0, 1, false)))
                .containsExactly("11", "1", "2", "3");
    }

    @Test
    void whatCameAlreadyIsNotWaitedFor() {
        assertThat(order(version(1, 2, true), version(0, 1, false), version(2, 3, false)))
                .containsExactly("1", "2", "3");
    }
}
