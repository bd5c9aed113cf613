package dev.belay.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "CREATE INDEX CONCURRENTLY idx ON t (a, b) | CREATE INDEX CONCURRENTLY idx ON t (a, b)",
                "INSERT INTO t VALUES ('secret', 12, $$x$$, E'y') | INSERT INTO t VALUES (…, …, …, …)",
                "select\t/* secret */ 1 | select …",
                "ALTER ROLE x PASSWORD 'secret' | ALTER ROLE x PASSWORD …",
                "SET app.password = secret | SET app.password = …",
                "SET app.password TO \"secret\" | SET app.password TO …",
                "ALTER DATABASE d SET app.key TO secret | ALTER DATABASE d SET app.key TO …",
                "SELECT \"a\"\"b\" | SELECT \"a\"\"b\"",
                "SELECT varchar(10) -- x | SELECT varchar(…)"
            })
    void summarisesWithoutLiterals(String statement, String summary) {
        assertThat(SqlStatement.of(statement).summary()).isEqualTo(summary);
    }

    @Test
    void cutsTheSummary() {
        String summary =
                SqlStatement.of("SELECT " + "abcdefgh, ".repeat(100) + "1").summary();
        assertThat(summary)
                .startsWith("SELECT abcdefgh, abcdefgh,")
                .endsWith(" …")
                .hasSizeLessThanOrEqualTo(60);
        assertThat(SqlStatement.of("x".repeat(100_000)).summary()).hasSizeLessThanOrEqualTo(60);
        assertThat(SqlStatement.of("SELECT \"a\nb\"").summary()).isEqualTo("SELECT \"a b\"");
        assertThat(SqlStatement.of("SELECT '" + "s".repeat(100_000) + "', 2").summary())
                .isEqualTo("SELECT …, …");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "begin work",
                "/* x */ START TRANSACTION READ ONLY",
                "COMMIT",
                "END",
                "Rollback TO x",
                "ABORT",
                "SAVEPOINT a",
                "RELEASE a",
                "PREPARE TRANSACTION 'x'",
                "COMMIT PREPARED 'x'"
            })
    void knowsTransactionControl(String statement) {
        assertThat(SqlStatement.of(statement).isTransactionControl()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARE p AS SELECT 1", "\"begin\"", "SELECT 1", "START_x", "'begin'"})
    void knowsWhatIsNoTransactionControl(String statement) {
        assertThat(SqlStatement.of(statement).isTransactionControl()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON t (a)",
                "create unique index concurrently i on t (a)",
                "DROP INDEX CONCURRENTLY IF EXISTS i",
                "REINDEX INDEX CONCURRENTLY i",
                "REINDEX (VERBOSE) SCHEMA s",
                "REINDEX (CONCURRENTLY) TABLE t",
                "VACUUM t",
                "CREATE DATABASE d",
                "DROP TABLESPACE s",
                "ALTER SYSTEM SET x = 1",
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                "CLUSTER",
                "DISCARD ALL",
                "ALTER DATABASE d SET TABLESPACE x",
                "ROLLBACK PREPARED 'x'"
            })
    void knowsWhatCannotRunInATransaction(String statement) {
        assertThat(SqlStatement.of(statement).cannotRunInTransaction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (a)",
                "CREATE INDEX \"concurrently\" ON t (a)",
                "REINDEX TABLE t",
                "CLUSTER t",
                "ALTER TABLE t ADD COLUMN vacuum int",
                "DROP INDEX i",
                "ALTER DATABASE d SET x = 1"
            })
    void knowsWhatMayRunInATransaction(String statement) {
        assertThat(SqlStatement.of(statement).cannotRunInTransaction()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "CREATE INDEX CONCURRENTLY Idx ON T (a),idx,T",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"My\"\"i\" ON ONLY s.\"T\" USING btree (a),My\"i,s.\"T\"",
                "CREATE INDEX CONCURRENTLY ON t (a),,t",
                "CREATE INDEX i ON t (a),,"
            })
    void namesTheIndexBuiltConcurrently(String statement, String name, String table) {
        assertThat(SqlStatement.of(statement).concurrentIndexName()).isEqualTo(Optional.ofNullable(name));
        assertThat(SqlStatement.of(statement).concurrentIndexTable()).isEqualTo(Optional.ofNullable(table));
    }

    @Test
    void cutsALongIndexNameAsTheServerDoes() {
        String name = "\u00e9".repeat(40);
        assertThat(SqlStatement.of("CREATE INDEX CONCURRENTLY " + name + " ON t (a)")
                        .concurrentIndexName())
                .contains("\u00e9".repeat(31));
    }

    @Test
    void dependsOnNoLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(SqlStatement.of("CREATE UNIQUE INDEX CONCURRENTLY IX ON T (a)")
                            .concurrentIndexName())
                    .contains("ix");
            assertThat(ScriptChecksum.of("DROP INDEX I")).isEqualTo(ScriptChecksum.of("drop index i"));
            assertThat(StatementReader.of("COPY t FROM STDIN;\n'", "x").next().copyData())
                    .isPresent();
        } finally {
            Locale.setDefault(before);
        }
    }
}
