package dev.belay.postgres.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With what Alembic 1.8 and SQLAlchemy 1.4 wrote. */
class AlembicErrorsTest {
    private final AlembicErrors errors = new AlembicErrors(List.of(Path.of("/app/versions")));

    private String describe(String text) {
        text.lines().forEach(errors::add);
        return errors.describe();
    }

    @Test
    void namesObjectsAndPlaces() {
        assertThat(describe("""
                  File "/usr/lib/python3/dist-packages/alembic/config.py", line 590, in main
                  File "<string>", line 8, in run_migrations
                  File "/app/versions/gggg.py", line 6, in upgrade
                    op.execute("insert into t_aaaa values ('secret')")
                  File "<string>", line 3, in execute
                sqlalchemy.exc.ProgrammingError: (psycopg2.errors.DuplicateTable) relation "t" already exists

                [SQL: create table t (a text default 'secret')]
                (Background on this error at: https://sqlalche.me/e/14/f405)
                """)).isEqualTo("DuplicateTable at gggg.py:6: relation \"t\" already exists");
    }

    @Test
    void showsNoValue() {
        assertThat(
                        describe(
                                "sqlalchemy.exc.DataError: (psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type"
                                        + " integer: \"secret\"\nLINE 1: insert into t values ('secret')\n[parameters: {'a': 'secret'}]"))
                .startsWith("InvalidTextRepresentation: invalid input syntax")
                .doesNotContain("secret");
    }

    @Test
    void showsNoWordsOfPythonsOwnErrors() {
        assertThat(describe("  File \"/app/versions/a.py\", line 3, in upgrade\nValueError: no such patient: secret"))
                .startsWith("ValueError at a.py:3")
                .doesNotContain("secret");
    }

    @Test
    void repeatsWhatAlembicSays() {
        assertThat(describe("  FAILED: Multiple head revisions are present for given argument 'head'."))
                .isEqualTo("Alembic says: Multiple head revisions are present for given argument 'head'");
    }

    @Test
    void knowsWhoStoodInTheWay() {
        describe(
                "sqlalchemy.exc.OperationalError: (psycopg2.errors.LockNotAvailable) canceling statement due to lock timeout");
        assertThat(errors.isInTheWay()).isTrue();
    }
}
