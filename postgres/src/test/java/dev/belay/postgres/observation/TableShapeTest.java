package dev.belay.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.observation.TableShape.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableShapeTest {
    @Test
    void comparesByTextWhatHasAnotherTypeOnTheOtherSide() {
        TableShape before =
                new TableShape("s.t", 1, List.of(new Column("b", "integer", "b"), new Column("a", "integer", "a")));
        TableShape after = new TableShape(
                "s.t",
                1,
                List.of(
                        new Column("a", "integer", "a"),
                        new Column("b", "numeric(5,2)", "pg_catalog.numeric_send(b)"),
                        new Column("c", "text", "c")));
        assertThat(before.commonWith(after).columns())
                .extracting(Column::form)
                .containsExactly("a", "CAST(b AS pg_catalog.text) COLLATE pg_catalog.\"C\"");
        assertThat(after.commonWith(before).columns())
                .extracting(Column::form)
                .containsExactly("a", "CAST(pg_catalog.trim_scale(b) AS pg_catalog.text) COLLATE pg_catalog.\"C\"");
    }

    @Test
    void hashesRowsAsTextBeforeRecordsCouldBeHashed() {
        TableShape table = new TableShape("s.t", 1, List.of(new Column("a", "integer", "a")));
        assertThat(table.rowHash(130_012)).startsWith("pg_catalog.hashtextextended(CAST(ROW(a)");
        assertThat(table.rowHash(140_000)).contains("hash_record_extended(ROW(a), 0)");
        assertThat(new TableShape("s.t", 1, List.of()).rowHash(150_000)).isEqualTo("0");
    }
}
