package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong calls: exit code 2, a sentence on standard error, nothing on standard output. Needs no server. */
class UsageIT {
    private static final String NOWHERE = "postgresql://nobody@127.0.0.1:1/none";

    @TempDir
    Path directory;

    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void writeARevision() {
        belay = new Belay(directory);
        belay.revision("aaaa0001", "", "SELECT 1;", "SELECT 1;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "upgarde",
                "upgrade --dry-rnu",
                "upgrade head head2",
                "upgrade !!",
                "downgrade",
                "stamp",
                "new",
                "restore",
                "upgrade --timeout 0",
                "upgrade --timeout 5x",
                "upgrade --rollback sideways",
                "upgrade --rollback restore,restore",
                "heads --env nowhere",
                "heads --layout sqitch",
                "heads --layout nonsense",
                "snapshot",
                "diff a b --ignore-column-order",
                "diff a",
                "prove",
                "recover",
                "upgrade",
                "upgrade --url mysql://x/y",
                "upgrade --url " + NOWHERE + " --revisions missing",
                "upgrade --skip-backup --url " + NOWHERE,
                "upgrade --url " + NOWHERE + " --skip-test",
                "upgrade --url " + NOWHERE + " --force= --json"
            })
    void refusesAWrongCall(String call) {
        Belay.Result result = belay.run(call.isEmpty() ? new String[0] : call.split(" "));

        result.exits(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("belay: ")
                .doesNotContain("Exception")
                .hasLineCount((int) result.err().lines().count());
        assertThat(result.err().lines().count()).isBetween(1L, 5L);
    }

    @Test
    void namesTheFileAndTheLineOfAMalformedRevision() {
        belay.file("db/revisions/20260102_0000_aaaa0002_bad.sql", "-- belay:revision aaaa0002\n-- belay:colour blue\n");

        assertThat(belay.run("heads").exits(2).err())
                .contains("20260102_0000_aaaa0002_bad.sql")
                .contains("2");
    }

    @Test
    void namesTheFileAndTheLineOfAnotherToolsMalformedMigration() {
        belay.file("migrations/1_a/migration.sql", "SELECT 1;\n");
        belay.file("migrations/migration_lock.toml", "# x\nprovider = \"mysql\"\n");

        assertThat(belay.run("heads", "--revisions", "migrations").exits(2).err())
                .contains("migration_lock.toml:2: the provider is mysql");
    }

    @Test
    void namesTheLayoutsThatADirectoryCouldHave() {
        belay.file("migrations/1_a.up.sql", "SELECT 1;\n");

        assertThat(belay.run("heads", "--revisions", "migrations").exits(2).err())
                .contains("could have the layouts golang-migrate and sqlx and node-pg-migrate")
                .contains("Name one with --layout");
        assertThat(belay.run("heads", "--revisions", "migrations", "--layout", "sqlx")
                        .exits(0)
                        .out())
                .contains("1");
    }

    @Test
    void findsOutTheLayoutOfFlywayAndNamesTheFileOfWhatIsWrongInIt() {
        belay.file("flyway/V1__first.sql", "SELECT 1;");
        belay.file("flyway/V1_1__second.sql", "SELECT 1;");
        assertThat(belay.run("heads", "--revisions", "flyway").exits(0).out()).contains("1.1");

        belay.file("flyway/V1.1.0__third.sql", "SELECT 1;");
        for (String layout : List.of("auto", "flyway")) {
            assertThat(belay.run("heads", "--revisions", "flyway", "--layout", layout)
                            .exits(2)
                            .err())
                    .contains("V1_1__second.sql:1: version 1.1 is there a second time");
        }
    }

    @Test
    void namesTheMissingDirectory() {
        assertThat(belay.run("heads", "--revisions", "db/elsewhere").exits(2).err())
                .contains("db/elsewhere");
    }

    @Test
    void showsHelpAndVersion() {
        assertThat(belay.run("--help").exits(0).out())
                .contains("upgrade", "--url", "Exit codes", "snapshot", "diff", "prove", "recover");
        assertThat(belay.run("upgrade", "--help").exits(0).out()).contains("--skip-backup", "--lock-timeout");
        assertThat(belay.run("-V").exits(0).out()).matches("belay [0-9].*\\R");
    }

    @Test
    void saysThatTheServerCannotBeReachedWithoutTouchingStandardOutput() {
        Belay.Result plain = belay.run("current", "--url", NOWHERE).exits(1);
        assertThat(plain.out()).isEmpty();
        assertThat(plain.err()).contains("127.0.0.1").doesNotContain("\tat ");

        Belay.Result json = belay.run("upgrade", "--url", NOWHERE, "--json").exits(1);
        assertThat(json.json().getAsJsonObject().get("error").getAsString()).contains("127.0.0.1");
        assertThat(json.json().getAsJsonObject().get("outcome").getAsString()).isEqualTo("refused");
    }
}
