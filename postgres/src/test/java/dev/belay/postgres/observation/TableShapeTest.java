package dev.belay.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.observation.TableShape.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableShapeTest {
    @Test
    void comparesByTextWhatHasAnotherTypeOnTheOtherSide() {
        TableShape before = new TableShape("s.t", 1, List.of(new Column("b", "b"), new Column("a", "a")));
        TableShape after = new TableShape(
                "s.t",
                1,
                List.of(new Column("a", "a"), new Column("b", "pg_catalog.numeric_send(b)"), new Column("c", "c")));
        assertThat(before.commonWith(after).columns())
                .containsExactly(new Column("a", "a"), new Column("b", "CAST(b AS pg_catalog.text)"));
        assertThat(before.commonWith(after).columns())
                .isEqualTo(after.commonWith(before).columns());
    }

    @Test
    void hashesRowsAsTextBeforeRecordsCouldBeHashed() {
        TableShape table = new TableShape("s.t", 1, List.of(new Column("a", "a")));
        assertThat(table.rowHash(130_012)).startsWith("pg_catalog.hashtextextended(CAST(ROW(a)");
        assertThat(table.rowHash(140_000)).contains("hash_record_extended(ROW(a), 0)");
        assertThat(new TableShape("s.t", 1, List.of()).rowHash(150_000)).isEqualTo("0");
    }
}
