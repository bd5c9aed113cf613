package dev.belay.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import java.io.Reader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RevisionSource} must do. Extend it, and return yours, with at least one revision, from
 * {@link #source}. Needs no server.
 *
 * @since 0.1
 */
public abstract class RevisionSourceContract {
    /** For a subclass. */
    protected RevisionSourceContract() {}

    /** The source under test, with at least one revision. */
    protected abstract RevisionSource source();

    @Test
    void loadsRevisionsThatFormAGraph() {
        List<Revision> revisions = source().load();
        assertThat(revisions).isNotEmpty();
        assertThat(RevisionGraph.of(revisions).size()).isEqualTo(revisions.size());
    }

    @Test
    void loadsTheSameEachTime() {
        RevisionSource source = source();
        assertThat(ids(source)).isEqualTo(ids(source));
    }

    private static List<String> ids(RevisionSource source) {
        return source.load().stream().map(Revision::id).toList();
    }

    @Test
    void scriptsCanBeReadAgainAndAgain() throws Exception {
        for (Revision revision : source().load()) {
            if (revision.upgrade() instanceof Change.Sql sql) {
                assertThat(text(sql)).isEqualTo(text(sql));
            }
        }
    }

    private static String text(Change.Sql sql) throws Exception {
        try (Reader reader = sql.script().open()) {
            var text = new java.io.StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }

    @Test
    void everyRevisionSaysWhereItComesFromAndWhatItDoes() {
        assertThat(source().load()).allSatisfy(revision -> {
            assertThat(revision.origin()).isNotBlank();
            assertThat(revision.description()).isNotBlank();
        });
    }
}
