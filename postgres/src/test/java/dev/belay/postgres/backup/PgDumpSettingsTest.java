package dev.belay.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PgDumpSettingsTest {
    private final PgDump dump = PgDump.into(Path.of("backups"));

    @Test
    void refusesSettingsThatContradictEachOtherAndNamesBoth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dump.jobs(3).format(Format.PLAIN))
                .withMessageContaining("format(PLAIN) and jobs(3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dump.format(Format.PLAIN).compression(Compression.gzip(6)))
                .withMessageContaining("format(PLAIN) and compression(GZIP)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dump.schemaOnly().tables("a", "b"))
                .withMessageContaining("schemaOnly() and tables[a, b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dump.tables("a").schemaOnly())
                .withMessageContaining("schemaOnly() and tables[a]");
    }

    @Test
    void refusesValuesThatMeanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> dump.jobs(0)).withMessageContaining("not 0");
        assertThatIllegalArgumentException().isThrownBy(dump::tables);
        assertThatIllegalArgumentException().isThrownBy(() -> dump.keepFor(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compression.gzip(10))
                .withMessageContaining("between 0 and 9");
    }

    @Test
    void saysWhatItDoes() {
        assertThat(dump.tables("a").format(Format.CUSTOM).describe())
                .endsWith("backups (custom format, the tables a only)")
                .startsWith("pg_dump into ");
    }
}
