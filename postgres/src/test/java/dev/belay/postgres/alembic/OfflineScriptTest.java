package dev.belay.postgres.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.revision.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineScriptTest {
    private static final String OUTPUT = """
            BEGIN;

            CREATE TABLE clinic.alembic_version (version_num VARCHAR(32));

            -- Running upgrade  -> aaaa

            COMMENT ON TABLE t IS '5%%';

            INSERT INTO clinic.alembic_version (version_num) VALUES ('aaaa') RETURNING version_num;

            -- Running upgrade aaaa -> bbbb

            COMMIT;

            CREATE INDEX CONCURRENTLY i ON t (alembic_version);

            BEGIN;

            UPDATE clinic.alembic_version SET version_num='bbbb' WHERE version_num = 'aaaa';

            -- Running upgrade bbbb, cccc -> dddd

            DELETE FROM clinic.alembic_version WHERE version_num = 'cccc';

            COMMIT;
            """;

    private static String text(Change.Sql change) throws IOException {
        try (BufferedReader reader = new BufferedReader(change.script().open())) {
            return reader.lines().collect(Collectors.joining("\n"));
        }
    }

    @Test
    void tellsTheRevisionsApartAndLeavesOutAlembicsTable() throws Exception {
        Map<String, Change.Sql> changes = OfflineScript.read(OUTPUT, "clinic.alembic_version", false);

        assertThat(changes.keySet()).containsExactly("aaaa", "bbbb", "dddd");
        assertThat(text(changes.get("aaaa"))).isEqualTo("COMMENT ON TABLE t IS '5%';");
        assertThat(text(changes.get("bbbb"))).isEqualTo("CREATE INDEX CONCURRENTLY i ON t (alembic_version);");
        assertThat(changes.get("bbbb").transactional()).isFalse();
        assertThat(text(changes.get("dddd"))).isEmpty();
        assertThat(changes.get("dddd").transactional()).isTrue();
        assertThat(OfflineScript.last(OUTPUT)).contains("dddd");
        assertThat(text(OfflineScript.read(OUTPUT, "clinic.alembic_version", true)
                        .get("aaaa")))
                .contains("5%%");
    }

    @Test
    void refusesAValueThatIsMissing() {
        assertThatThrownBy(() -> OfflineScript.read(
                        "BEGIN;\n-- Running upgrade  -> aaaa\nUPDATE t SET a = %(a)s;\nCOMMIT;",
                        "alembic_version", false))
                .hasMessageContaining("value of a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bind.execute(text('x, y'))",
                "bind.execute(text(\"\"\"x,\n y\"\"\").bindparams(a=1, b=2),)",
                "op.execute('x', execution_options={})",
                "# bind.execute(a, b)",
            })
    void letsStatementsPassThatHaveTheirValues(String python) {
        assertThat(PassedValues.line(python)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nbind.execute(text('x'), {'a': 1})",
                "\nop.get_bind().execute(\n    t.insert(), [dict(a=1)])",
                "\nconnection.execute(t.insert(), a=1)",
            })
    void findsValuesBesideTheStatement(String python) {
        assertThat(PassedValues.line(python)).contains(2);
    }
}
