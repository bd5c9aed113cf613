package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all kinds, read by Flyway itself and by Belay. */
class FlywayChecksumIT {
    private static final int FILES = 240;
    private static final long SEED = 20260101;
    private static final String[] ENDS = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n"};
    private static final String[] PIECES = {
        "SELECT 1;",
        "-- größer, 大きい, \ud83d\ude00",
        "/* a comment; with ' and \" */",
        "SELECT '${name}', $$ ${other} $$, '$$x', '$${name', $1$, '$';",
        "SELECT '${NAME}${empty}${flyway:table} ${flyway:filename}';",
        "SELECT '\u00a0\u2028\u2029\u0085\f\u000b\t';",
        "",
        "   ",
        "\ufeff"
    };

    @TempDir
    Path directory;

    private String name;

    @BeforeEach
    void create() {
        name = FlywayDirectory.SERVER.createUniqueDatabase("checksum");
    }

    @AfterEach
    void drop() {
        FlywayDirectory.SERVER.dropDatabase(name);
    }

    @Test
    void areThoseOfFlyway() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < FILES; i++) {
            String file = (random.nextInt(3) == 0 ? "R__" : "V" + i + "__") + "file_" + i + ".sql";
            write(directory.resolve(random.nextBoolean() ? file : "below/" + file), random);
        }
        Map<String, String> placeholders = Map.of("name", "grün\n$${x}", "other", "${name}", "empty", "");
        Map<String, Integer> theirs = new TreeMap<>();
        for (MigrationInfo info : new FlywayDirectory(directory, name)
                .configuration()
                .placeholders(placeholders)
                .load()
                .info()
                .all()) {
            theirs.put(info.getScript(), info.getChecksum());
        }

        Map<String, String> settings = new TreeMap<>();
        placeholders.forEach((key, value) -> settings.put("placeholders." + key, value));
        List<Revision> read = Layouts.in(directory, Layouts.flyway(settings)).load();
        Map<String, Integer> ours = new TreeMap<>();
        for (Revision revision : read) {
            ours.put(
                    revision.properties().get(FlywayProperties.SCRIPT),
                    Integer.valueOf(String.valueOf(revision.properties().get(FlywayProperties.CHECKSUM))));
            assertThat(((Change.Sql) revision.upgrade()).transactional()).isTrue();
        }
        assertThat(ours).hasSize(FILES).isEqualTo(theirs);
    }

    private static void write(Path file, Random random) throws IOException {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
        String end = ENDS[random.nextInt(ENDS.length)];
        for (int lines = random.nextInt(8); lines > 0; lines--) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(end);
        }
        if (random.nextBoolean()) {
            text.append("SELECT 2");
        }
        Charset charset = StandardCharsets.UTF_8;
        boolean latin = random.nextInt(10) == 0;
        if (latin) {
            charset = StandardCharsets.ISO_8859_1;
            text = new StringBuilder("SELECT 'größer';" + end);
        }
        Files.createDirectories(file.getParent());
        Files.write(file, text.toString().getBytes(charset));
        if (latin) {
            Files.writeString(file.resolveSibling(file.getFileName() + ".conf"), "encoding=ISO-8859-1\n");
        } else if (random.nextInt(6) == 0) {
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".conf"),
                    "# settings\nplaceholderReplacement = false\nexecuteInTransaction=true\n");
        }
    }
}
