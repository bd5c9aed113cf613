package dev.belay.postgres.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonRevisionsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(directory.resolve("app/versions"));
        Files.writeString(directory.resolve("alembic.ini"), """
                # a comment
                [alembic]
                script_location = %(here)s/app
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(directory.resolve("app/versions").resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Revision> read() {
        return Alembic.in(directory).load();
    }

    @Test
    void readsWhatAlembicsTemplatesHaveWrittenOverTheYears() throws IOException {
        write(
                "20260101_1200_a1_first.py",
                "\"\"\"First, with \"quotes\"\n\nRevision ID: a1\n\"\"\"\nrevision = 'a1'\ndown_revision = None\n");
        write("b2.py", """
                \"""Second\"""
                from typing import Sequence, Union

                revision: str = "b2"
                down_revision: Union[str, Sequence[str], None] = "a1"
                branch_labels: Union[str, Sequence[str], None] = None
                """);
        write("c3.py", "# a comment\n'''Third'''\nrevision = 'c3'\r\ndown_revision = 'a1'\r\ndepends_on = ('b2',)\r\n");
        write("d4.py", """
                revision = 'merge_all'
                down_revision = (
                    'b2',
                    "c3",
                )


                def upgrade():
                    pass


                def downgrade() -> None:
                    # there is none
                    raise NotImplementedError("no way back")
                """);
        write("__init__.py", "");
        write(".#d4.py", "revision = 'lock'");

        List<Revision> revisions = read();

        assertThat(revisions).extracting(Revision::id).containsExactly("a1", "b2", "c3", "merge_all");
        assertThat(revisions)
                .extracting(Revision::parents)
                .containsExactly(List.of(), List.of("a1"), List.of("a1", "b2"), List.of("b2", "c3"));
        assertThat(revisions)
                .extracting(Revision::description)
                .containsExactly("First, with \"quotes\"", "Second", "Third", "");
        assertThat(revisions).extracting(Revision::reversible).containsExactly(true, true, true, false);
    }

    @Test
    void findsTheProjectFromBelow() throws IOException {
        write("a1.py", "revision = 'a1'\ndown_revision = None\n");

        assertThat(Alembic.in(directory.resolve("app")).load()).hasSize(1);
        assertThat(Alembic.in(directory.resolve("app/versions")).load()).hasSize(1);
        assertThat(Alembic.isIn(directory.resolve("app/versions"))).isTrue();
        assertThat(Alembic.isIn(directory)).isTrue();
        assertThat(Alembic.isIn(directory.resolve("app"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            import os                                   | :1: | no variable revision
            x = 1\\nrevision = os.environ['REV']         | :2: | not a string in quotes
            revision = 'b2'\\ndown_revision = latest()   | :2: | down_revision is not None
            revision = 'a1'\\ndown_revision = None       | :1: | a second time
            """)
    void namesFileAndLineOfWhatItCantRead(String text, String line, String problem) throws IOException {
        write("a1.py", "revision = 'a1'\ndown_revision = None\n");
        Path bad = write("bad.py", text.replace("\\n", "\n"));

        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining(bad + line)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Files.write(
                directory.resolve("app/versions/a1.py"), "\"\"\"Caf\u00e9\"\"\"".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(this::read).hasMessageContaining("a1.py").hasMessageContaining("UTF-8");
    }

    @Test
    void saysWhereTheProjectIsNot() {
        assertThatThrownBy(() -> Alembic.in(directory.resolve("none")))
                .isInstanceOf(UnreadableRevisionsException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> AlembicProject.find(directory, java.util.Optional.of("other.ini")))
                .hasMessageContaining("there is no other.ini")
                .hasMessageContaining("ALEMBIC_CONFIG");
    }
}
