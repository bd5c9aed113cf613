package dev.belay.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.fault.Act.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements count as acts. */
class StatementsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "  -- look\n/* first */ select * from t",
                "BEGIN",
                "ROLLBACK",
                "SET search_path = public",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "SELECT 'delete from t'",
                "SELECT pg_catalog.set_config('search_path', '', false);",
                ""
            })
    void reading(String sql) {
        assertThat(Statements.kind(sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMMIT | COMMIT
            end | COMMIT
            BEGIN; INSERT INTO t VALUES (1); COMMIT | COMMIT
            insert into belay.history values (1) | RECORD
            DELETE FROM "belay".progress | RECORD
            COPY t FROM stdin | COPY
            COPY t TO stdout; | COPY
            ALTER TABLE t ADD COLUMN a int | CHANGE
            WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d | CHANGE
            SELECT pg_catalog.setval('s', 1, true) | CHANGE
            DROP TABLE IF EXISTS t | CHANGE
            DO $$ BEGIN COMMIT; END $$ | CHANGE
            """)
    void changing(String sql, Kind kind) {
        assertThat(Statements.kind(sql)).contains(kind);
    }

    @Test
    void wordsHaveNoLiterals() {
        assertThat(Statements.words("-- x\nUPDATE t\n   SET note = 'it''s secret' WHERE id = 1"))
                .isEqualTo("UPDATE t SET note = '...' WHERE id = 1");
    }
}
