package dev.belay.postgres.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.revision.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedNamesTest {
    private static Revision revision(String id, String origin) {
        return Revision.named(id, "A step")
                .origin(origin)
                .upgrade(connection -> {})
                .downgrade(connection -> {});
    }

    @ParameterizedTest
    @CsvSource({
        "4f2a9c01, 4f2a9c01",
        "20260101000001, 20260101000001",
        "7, 0007",
        "1.2, v1p2",
        "1.2.10, v1p2p10",
        "1.21.0, v1p21p0",
        "base1, base1"
    })
    void makesAnIdOfTheToolsAlone(String from, String id) {
        assertThat(ImportedNames.id(from)).isEqualTo(id);
    }

    @Test
    void makesIdsThatTheLayoutTakesAndThatDiffer() {
        assertThat(ImportedNames.id("db/a.sql::create patients::ann")).matches("createpatients[0-9a-f]{8}");
        assertThat(ImportedNames.id("x".repeat(60))).matches("x{32}[0-9a-f]{8}");
        assertThat(ImportedNames.id("ABCD")).matches("abcd[0-9a-f]{8}").isNotEqualTo(ImportedNames.id("AbCD"));
        assertThat(ImportedNames.id("___")).matches("[0-9a-f]{8}");
    }

    @ParameterizedTest
    @CsvSource({
        "20260102030405, a.sql, 20260102_0304_20260102030405_a_step.sql",
        "1767323045000, a.sql, 20260102_0304_1767323045000_a_step.sql",
        "4f2a9c01, x/2026_01_02-a.py, 20260102_0000_4f2a9c01_a_step.sql",
        "20261399, a.sql, 20000101_0000_20261399_a_step.sql",
        "0042, 0042_a.up.sql, 20000101_0000_0042_a_step.sql"
    })
    void findsTheTime(String id, String origin, String name) {
        assertThat(new ImportedNames().next(revision(id, origin), id)).isEqualTo(name);
    }

    @Test
    void keepsTheOrder() {
        ImportedNames names = new ImportedNames();
        assertThat(names.next(revision("20260102030405", "b"), "bbbb")).startsWith("20260102_0304_bbbb");
        assertThat(names.next(revision("20260102030455", "c"), "cccc")).startsWith("20260102_0304_cccc");
        assertThat(names.next(revision("views", "R__views.sql"), "aaaa")).startsWith("20260102_0305_aaaa");
        assertThat(names.next(revision("20250101000000", "d"), "dddd")).startsWith("20260102_0305_dddd");
    }
}
