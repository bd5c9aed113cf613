package dev.belay.postgres.copies.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BirthmarkTest {
    private static final String RUN = "20261121_031500_9f3c";

    @Test
    void isAnotherOneForAnotherDatabase() {
        assertThat(Birthmark.of("orders")).isPositive().isNotEqualTo(Birthmark.of("orders2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_belay_test_", "_belay_restored_", "_belay_template_", "_backup_"})
    void knowsTheNamesThatAreGiven(String part) {
        String long63 = "x".repeat(63);
        assertThat(Birthmark.isNameFor("orders", "orders" + part + RUN)).isTrue();
        assertThat(Birthmark.isNameFor(long63, Names.of(long63, part + RUN))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "orders_belay_test",
                "orders_belay_test_20261121",
                "orders2_belay_test_20261121_031500_9f3c",
                "orders_failed_20261121_031500_9f3c",
                "orders_belay_test_20261121_031500_9f3c_kept"
            })
    void knowsNoOtherName(String name) {
        assertThat(Birthmark.isNameFor("orders", name)).isFalse();
    }
}
