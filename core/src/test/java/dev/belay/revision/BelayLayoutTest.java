package dev.belay.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BelayLayoutTest {
    private static final String NAME = "20250102_0304_4f2a9c01_add_qualifications.sql";
    private static final String WHOLE = """
            -- belay:revision 4f2a9c01
            -- belay:parents 1b77e000
            -- belay:description Add qualifications to employees

            -- belay:upgrade
            ALTER TABLE employees ADD COLUMN qualifications text[];

            -- belay:downgrade
            ALTER TABLE employees DROP COLUMN qualifications;
            """;

    @TempDir
    Path dir;

    @Test
    void readsTheExampleOfTheManual() throws IOException {
        Revision revision = parse(WHOLE);

        assertThat(revision.id()).isEqualTo("4f2a9c01");
        assertThat(revision.parents()).containsExactly("1b77e000");
        assertThat(revision.description()).isEqualTo("Add qualifications to employees");
        assertThat(revision.origin()).isEqualTo(dir.resolve(NAME).toString());
        assertThat(revision.reversible()).isTrue();
        assertThat(text(revision.upgrade())).isEqualTo("ALTER TABLE employees ADD COLUMN qualifications text[];\n\n");
        assertThat(text(revision.downgrade())).isEqualTo("ALTER TABLE employees DROP COLUMN qualifications;\n");
        assertThat(script(revision.upgrade()).firstLine()).isEqualTo(6);
        assertThat(script(revision.downgrade()).firstLine()).isEqualTo(9);
        assertThat(revision.toString()).doesNotContain("DROP COLUMN");
    }

    @Test
    void readsWindowsFilesWithAByteOrderMark() throws IOException {
        Revision revision = parse("\ufeff" + WHOLE.replace("\n", "\r\n"));

        assertThat(revision.description()).isEqualTo("Add qualifications to employees");
        assertThat(revision.parents()).containsExactly("1b77e000");
        assertThat(text(revision.downgrade())).isEqualTo("ALTER TABLE employees DROP COLUMN qualifications;\r\n");
    }

    @Test
    void takesTheDescriptionFromTheNameWhenThereIsNone() throws IOException {
        assertThat(parse("-- belay:revision 4f2a9c01\n-- belay:upgrade\n-- belay:downgrade\n")
                        .description())
                .isEqualTo("add qualifications");
    }

    @Test
    void acceptsEmptySectionsInAnyOrderWithoutANewlineAtTheEnd() throws IOException {
        Revision revision = parse("-- belay:revision 4f2a9c01\n-- belay:downgrade\nSELECT 1\n-- belay:upgrade");

        assertThat(text(revision.upgrade())).isEmpty();
        assertThat(text(revision.downgrade())).isEqualTo("SELECT 1\n");
    }

    @Test
    void acceptsCommentsBeforeTheFirstSection() throws IOException {
        Revision revision = parse("/* Licence:\n do /* what */\n\n you like */ -- truly\n  -- indented\n" + WHOLE);

        assertThat(script(revision.upgrade()).firstLine()).isEqualTo(11);
    }

    @Test
    void keepsEachDirectionsOwnTransactionMode() throws IOException {
        Revision revision = parse(WHOLE.replace("belay:upgrade", "belay:upgrade no-transaction "));

        assertThat(revision.upgrade().transactional()).isFalse();
        assertThat(revision.downgrade().transactional()).isTrue();
    }

    @Test
    void takesAReasonInsteadOfADowngrade() throws IOException {
        Revision before = parse("-- belay:revision 4f2a9c01\n-- belay:irreversible rows go\n-- belay:upgrade\nDELETE;");
        Revision after = parse("-- belay:revision 4f2a9c01\n-- belay:upgrade\nDELETE;\n-- belay:irreversible rows go");

        assertThat(before.downgrade()).isEqualTo(new Change.Irreversible("rows go"));
        assertThat(after.downgrade()).isEqualTo(before.downgrade());
        assertThat(text(after.upgrade())).isEqualTo("DELETE;\n");
        assertThat(after.reversible()).isFalse();
    }

    @Test
    void acceptsParentsBetweenCommasAndBlanks() throws IOException {
        assertThat(parse(WHOLE.replace("1b77e000", "aaaa, bbbb,cccc  dddd")).parents())
                .containsExactly("aaaa", "bbbb", "cccc", "dddd");
    }

    static Stream<Arguments> malformed() {
        String head = "-- belay:revision 4f2a9c01\n";
        String up = "-- belay:upgrade\n";
        String down = "-- belay:downgrade\n";
        return Stream.of(
                Arguments.of("", 1, "no line \"-- belay:revision ID\""),
                Arguments.of(up + down, 1, "no line \"-- belay:revision ID\""),
                Arguments.of(head + down, 1, "no section \"-- belay:upgrade\""),
                Arguments.of(head + up + "SELECT 1;\n", 2, "no way back"),
                Arguments.of("-- belay:revision 4f2a9c02\n" + up + down, 1, "4f2a9c02 here and 4f2a9c01 in the file's"),
                Arguments.of("-- belay:revision 4F2A9C01\n" + up + down, 1, "revision id \"4F2A9C01\""),
                Arguments.of("-- belay:revision\n" + up + down, 1, "\"revision\" has no value"),
                Arguments.of(head + "-- belay:parents\n" + up + down, 2, "\"parents\" has no value"),
                Arguments.of(head + "-- belay:parents ,\n" + up + down, 2, "parents are not ids that differ"),
                Arguments.of(head + "-- belay:parents abcd abcd\n" + up + down, 2, "not ids that differ"),
                Arguments.of(head + "-- belay:parents 4f2a9c01\n" + up + down, 2, "names itself"),
                Arguments.of(head + "-- belay:parents ab-d\n" + up + down, 2, "parent \"ab-d\""),
                Arguments.of(head + "-- belay:description \n" + up + down, 2, "\"description\" has no value"),
                Arguments.of(head + "-- belay:upgarde\n", 2, "\"upgarde\" is not a directive"),
                Arguments.of(head + "-- belay: upgrade\n", 2, "\"\" is not a directive"),
                Arguments.of(head + up + "-- belay:sql\n" + down, 3, "\"sql\" is not a directive"),
                Arguments.of(head + head, 2, "\"revision\" is there a second time, after line 1"),
                Arguments.of(head + up + "SELECT 1;\n" + up, 4, "\"upgrade\" is there a second time, after line 2"),
                Arguments.of(head + "SELECT 1;\n" + up, 2, "a statement before the first section"),
                Arguments.of(head + "/* c */ SELECT 1;\n" + up, 2, "a statement before the first section"),
                Arguments.of(head + up + "-- belay:description x\n" + down, 3, "belongs before the first section"),
                Arguments.of(head + "-- belay:upgrade no-transactions\n" + down, 2, "\"no-transactions\" is not an"),
                Arguments.of(head + "-- belay:upgrade notransaction\n" + down, 2, "only one is no-transaction"),
                Arguments.of(head + up + "-- belay:irreversible\n", 3, "\"irreversible\" has no reason"),
                Arguments.of(head + up + down + "-- belay:irreversible x\n", 4, "contradicts \"downgrade\" on line 3"),
                Arguments.of(
                        head + up + "-- belay:irreversible x\n" + down, 4, "contradicts \"irreversible\" on line 3"),
                Arguments.of(head + up + "-- belay:irreversible x\nDROP TABLE t;\n", 4, "after \"irreversible\""),
                Arguments.of(head + "-- belay:description " + "x".repeat(9000) + "\n", 2, "longer than 8192 bytes"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String text, int line, String problem) throws IOException {
        MalformedRevisionException e = catchThrowableOfType(MalformedRevisionException.class, () -> parse(text));

        assertThat(e.file()).isEqualTo(dir.resolve(NAME).toString());
        assertThat(e.line()).isEqualTo(line);
        assertThat(e).hasMessageStartingWith(e.file() + ":" + line + ": ").hasMessageContaining(problem);
    }

    static List<byte[]> notUtf8() {
        return List.of(
                new byte[] {(byte) 0xe4}, // Latin-1
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xc0, (byte) 0x80}, // overlong
                new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // surrogate
                new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // above U+10FFFF
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xff});
    }

    @ParameterizedTest
    @MethodSource
    void notUtf8(byte[] wrong) throws IOException {
        byte[] good = WHOLE.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = java.util.Arrays.copyOf(good, good.length + wrong.length);
        System.arraycopy(wrong, 0, bytes, good.length, wrong.length);
        Path file = dir.resolve(NAME);
        Files.write(file, bytes);

        assertThatThrownBy(() -> Revisions.in(dir).load())
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining(file + ":10: ")
                .hasMessageContaining("not UTF-8");
        try (Reader reader = new SectionScript(new PathFile(file), 0, bytes.length, 1).open()) {
            assertThatThrownBy(() -> reader.transferTo(new StringWriter()))
                    .isInstanceOf(MalformedRevisionException.class)
                    .hasMessageContaining(file + ":10: ");
        }
    }

    @Test
    void readsCharactersThatStraddleBuffersOneByOne() throws IOException {
        String text = ("ä€😀x".repeat(20_001) + "\n").repeat(2);
        Revision revision = parse("-- belay:revision 4f2a9c01\n-- belay:upgrade\n" + text + "-- belay:downgrade\n");

        assertThat(text(revision.upgrade())).isEqualTo(text);
        StringBuilder one = new StringBuilder();
        try (Reader reader = script(revision.upgrade()).open()) {
            for (int each = reader.read(); each >= 0; each = reader.read()) {
                one.append((char) each);
            }
        }
        assertThat(one).hasToString(text);
    }

    @Test
    void saysThatAFileHasBecomeShorter() throws IOException {
        Revision revision = parse(WHOLE);
        Files.writeString(dir.resolve(NAME), "-- nothing\n");

        try (Reader reader = script(revision.upgrade()).open()) {
            assertThatThrownBy(() -> reader.transferTo(new StringWriter()))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining(NAME);
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "notes.sql",
                "20250102_0304_abc_too_short.sql",
                "20250102_0304_ABCD_upper.sql",
                "2025012_0304_abcd_x.sql",
                "20250102_0304_abcd.sql",
                "20250102_0304_abcd_.sql",
                "20250102_0304_ab\u00e9d_x.sql",
                "20250102-0304_abcd_x.sql",
                "20250102_03o4_abcd_x.sql",
                "20250102_0304abcd_x.sql",
                "20250102_0304_abcd_two\nlines.sql",
                "20250102_0304_a23456789012345678901234567890123456789012_too_long.sql",
                "20250102_0304_head_reserved.sql"
            })
    void refusesASqlFileWithAnotherName(String name) throws IOException {
        Files.writeString(dir.resolve(name), WHOLE);

        assertThatThrownBy(() -> Revisions.in(dir).load())
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageStartingWith(dir.resolve(name) + ":1: ");
    }

    @Test
    void readsTheSameInTurkey() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertThat(parse(WHOLE.replace("no-transaction", "NO-TRANSACTION")).id())
                    .isEqualTo("4f2a9c01");
            assertThatThrownBy(() -> parse(WHOLE.replace("4f2a9c01", "4f2a9cı1")))
                    .isInstanceOf(MalformedRevisionException.class);
        } finally {
            Locale.setDefault(before);
        }
    }

    private Revision parse(String text) throws IOException {
        Files.writeString(dir.resolve(NAME), text);
        return Revisions.in(dir).load().get(0);
    }

    static Script script(Change change) {
        return ((Change.Sql) change).script();
    }

    static String text(Change change) throws IOException {
        try (Reader reader = script(change).open()) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }
}
