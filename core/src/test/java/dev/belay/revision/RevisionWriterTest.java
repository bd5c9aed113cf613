package dev.belay.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionWriterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir
    Path dir;

    @Test
    void writesAFirstRevisionAndOneOnTheHead() {
        Path folder = dir.resolve("db/revisions");
        Path first = RevisionWriter.newRevision(folder, "Add: Café \"ıI\"!", graph(dir), CLOCK);
        Path second = RevisionWriter.newRevision(folder, "日本", graph(folder), CLOCK);

        assertThat(first.getFileName().toString()).matches("20250102_0304_[0-9a-f]{8}_add_cafe_i\\.sql");
        assertThat(second.getFileName().toString()).matches("20250102_0304_[0-9a-f]{8}_revision\\.sql");
        RevisionGraph graph = graph(folder);
        assertThat(graph.roots().get(0).description()).isEqualTo("Add: Café \"ıI\"!");
        assertThat(graph.heads().get(0).description()).isEqualTo("日本");
        assertThat(graph.heads().get(0).parents())
                .containsExactly(graph.roots().get(0).id());
        assertThat(graph.heads().get(0).reversible()).isTrue();
    }

    @Test
    void mergesAllHeads() throws IOException {
        RevisionWriter.newRevision(dir, "one", RevisionGraph.of(java.util.List.of()), CLOCK);
        RevisionWriter.newRevision(dir, "two", RevisionGraph.of(java.util.List.of()), CLOCK);
        RevisionGraph before = graph(dir);

        assertThatThrownBy(() -> RevisionWriter.newRevision(dir, "three", before, CLOCK))
                .isInstanceOf(MultipleHeadsException.class)
                .hasMessageContaining("merge");
        Path merge = RevisionWriter.merge(dir, "Merge", before);
        RevisionGraph after = graph(dir);

        assertThat(after.heads()).hasSize(1);
        assertThat(after.heads().get(0).parents())
                .containsExactlyElementsOf(
                        before.heads().stream().map(Revision::id).toList());
        assertThat(Files.readString(merge))
                .contains("-- belay:parents "
                        + String.join(", ", after.heads().get(0).parents()) + "\n");
        assertThatThrownBy(() -> RevisionWriter.merge(dir, "Again", after))
                .isInstanceOf(NothingToMergeException.class)
                .hasMessageContaining(after.heads().get(0).id());
    }

    @Test
    void namesFilesTheSameInTurkey() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertThat(RevisionWriter.newRevision(dir, "ADD INDEX I", graph(dir), CLOCK)
                            .toString())
                    .endsWith("_add_index_i.sql");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void writesThroughALinkToADirectory() throws IOException {
        Path real = Files.createDirectory(dir.resolve("real"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), real);

        assertThat(RevisionWriter.newRevision(link, "x", graph(real), CLOCK)).exists();
    }

    @Test
    void refusesMessagesThatAreNotOneLine() {
        for (String message : new String[] {"", " ", "a\nb", "a\0b", "x".repeat(1001)}) {
            assertThatThrownBy(() -> RevisionWriter.newRevision(dir, message, graph(dir), CLOCK))
                    .isInstanceOf(UnwritableRevisionException.class)
                    .hasMessageContaining("one line");
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void saysWhatIsInTheWay() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");

        assertThatThrownBy(() -> RevisionWriter.newRevision(file, "x", RevisionGraph.of(java.util.List.of()), CLOCK))
                .isInstanceOf(UnwritableRevisionException.class)
                .hasMessageContaining(file.toString());
    }

    private static RevisionGraph graph(Path folder) {
        return RevisionGraph.of(Revisions.in(folder).load());
    }
}
