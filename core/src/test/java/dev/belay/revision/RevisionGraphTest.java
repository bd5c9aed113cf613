package dev.belay.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionGraphTest {
    /** aaaa - bbbb - (cccc | dddd) - eeee - ffff. */
    private final RevisionGraph diamond =
            graph("aaaa", "bbbb<aaaa", "cccc<bbbb", "dddd<bbbb", "eeee<cccc,dddd", "ffff<eeee");
    /** aaaa - (bbbb | cccc). */
    private final RevisionGraph fork = graph("aaaa", "bbbb<aaaa", "cccc<aaaa");

    @Test
    void answersForItsShape() {
        assertThat(ids(diamond.inOrder())).containsExactly("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff");
        assertThat(ids(diamond.heads())).containsExactly("ffff");
        assertThat(ids(diamond.roots())).containsExactly("aaaa");
        assertThat(ids(diamond.ancestors("eeee"))).containsExactly("aaaa", "bbbb", "cccc", "dddd");
        assertThat(ids(diamond.descendants("cccc"))).containsExactly("eeee", "ffff");
        assertThat(ids(diamond.pending(applied("aaaa", "cccc")))).containsExactly("bbbb", "dddd", "eeee", "ffff");
        assertThat(diamond.get("aaaa")).isPresent();
        assertThat(diamond.get("a")).isEmpty();
        assertThat(diamond.find("a").id()).isEqualTo("aaaa");
        assertThat(RevisionGraph.of(List.of()).isEmpty()).isTrue();
        assertThatThrownBy(() -> diamond.ancestors("a")).isInstanceOf(UnknownRevisionException.class);
    }

    @Test
    void breaksTiesByFileNameAndNotByFolder() {
        Revision late = revision("aaaa", "z-dir/20250102_0000_aaaa_x.sql");
        Revision early = revision("zzzz", "z-dir/20250101_0000_zzzz_x.sql");
        Revision elsewhere = revision("mmmm", "a-dir/20250103_0000_mmmm_x.sql");

        assertThat(ids(RevisionGraph.of(List.of(elsewhere, late, early)).inOrder()))
                .containsExactly("zzzz", "aaaa", "mmmm");
    }

    @Test
    void prefersAnExactIdToAPrefix() {
        RevisionGraph graph = graph("abcd", "abcde<abcd");

        assertThat(graph.find("abcd").id()).isEqualTo("abcd");
        assertThatThrownBy(() -> graph.find("abc"))
                .isInstanceOfSatisfying(
                        AmbiguousRevisionException.class,
                        e -> assertThat(e.candidates()).containsExactly("abcd", "abcde"));
        assertThatThrownBy(() -> graph.find("x"))
                .isInstanceOf(UnknownRevisionException.class)
                .hasMessageContaining("\"x\"");
    }

    @Test
    void namesBothFilesOfADuplicate() {
        DuplicateRevisionException e = catchThrowableOfType(
                DuplicateRevisionException.class,
                () -> RevisionGraph.of(List.of(revision("aaaa", "one.sql"), revision("aaaa", "two.sql"))));

        assertThat(e)
                .hasMessageContaining("one.sql")
                .hasMessageContaining("two.sql")
                .hasMessageContaining("aaaa");
        assertThat(e.files()).containsExactly("one.sql", "two.sql");
    }

    @Test
    void namesTheFileWhoseParentIsMissing() {
        assertThatThrownBy(() -> graph("aaaa", "bbbb<xxxx"))
                .isInstanceOf(UnknownParentException.class)
                .hasMessageStartingWith("bbbb.sql: ")
                .hasMessageContaining("xxxx");
    }

    @Test
    void namesTheFilesOfACycleAndNoOthers() {
        RevisionCycleException e = catchThrowableOfType(
                RevisionCycleException.class,
                () -> graph("aaaa", "bbbb<aaaa,dddd", "cccc<bbbb", "dddd<cccc", "eeee<dddd"));

        assertThat(e.ids()).containsExactlyInAnyOrder("bbbb", "cccc", "dddd");
        assertThat(e).hasMessageContaining("cccc.sql").hasMessageContaining("Correct the parents");
        assertThat(e.getMessage()).doesNotContain("eeee").doesNotContain("aaaa");
    }

    @Test
    void refusesRevisionsThatMakeNoSense() {
        for (String id : List.of("a b", "", "-abc", "a'b", "head", "base", "heads", "a".repeat(256))) {
            assertThatThrownBy(() -> revision(id, "x.sql"))
                    .isInstanceOf(MalformedRevisionException.class)
                    .hasMessageContaining(id);
        }
        assertThatThrownBy(() -> graph("aaaa<aaaa")).hasMessageContaining("itself");
        assertThatThrownBy(() -> graph("aaaa", "bbbb<aaaa,aaaa")).hasMessageContaining("twice");
        assertThatThrownBy(() -> new Change.Irreversible(" ")).hasMessageContaining("reason");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            head   |                          | aaaa bbbb cccc dddd eeee ffff | ffff
            head   | aaaa bbbb dddd           | cccc eeee ffff                | ffff
            heads  | aaaa                     | bbbb cccc dddd eeee ffff      | ffff
            +1     | aaaa                     | bbbb                          | bbbb
            +2     | aaaa bbbb                | cccc dddd                     | cccc dddd
            dddd   | aaaa                     | bbbb dddd                     | dddd
            d      | aaaa                     | bbbb dddd                     | dddd
            bbbb   | aaaa bbbb cccc           |                               | cccc
            aaaa+1 |                          | aaaa bbbb                     | bbbb
            ffff-1 | aaaa bbbb cccc           | dddd eeee                     | eeee
            head-1 | aaaa bbbb cccc dddd eeee |                               | eeee
            head   | zzzz                     | aaaa bbbb cccc dddd eeee ffff | zzzz ffff
            """)
    void findsTheWayUp(String target, String applied, String steps, String to) {
        Route route = diamond.up(Target.of(target), applied(words(applied)));

        assertThat(route.direction()).isEqualTo(Direction.UP);
        assertThat(route.steps()).containsExactly(words(steps));
        assertThat(route.to()).containsExactly(words(to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base   | aaaa bbbb dddd cccc eeee | eeee cccc dddd bbbb aaaa |
            -1     | aaaa bbbb dddd cccc      | cccc                     | dddd
            -2     | aaaa bbbb dddd cccc      | cccc dddd                | bbbb
            bbbb   | aaaa bbbb dddd cccc eeee | eeee cccc dddd           | bbbb
            cccc   | aaaa bbbb dddd cccc eeee | eeee                     | dddd cccc
            eeee-1 | aaaa bbbb                | AMBIGUOUS                |
            cccc-1 | aaaa bbbb cccc           | cccc                     | bbbb
            aaaa+1 | aaaa bbbb cccc           | cccc                     | bbbb
            c      | aaaa bbbb cccc           |                          | cccc
            -1     | bbbb aaaa                | bbbb                     | aaaa
            base   | cccc bbbb aaaa           | cccc bbbb aaaa           |
            """)
    void findsTheWayDown(String target, String applied, String steps, String to) {
        List<AppliedRevision> history = applied(words(applied));
        if (steps != null && steps.equals("AMBIGUOUS")) {
            assertThatThrownBy(() -> diamond.down(Target.of(target), history))
                    .isInstanceOf(AmbiguousRevisionException.class);
            return;
        }
        Route route = diamond.down(Target.of(target), history);

        assertThat(route.direction()).isEqualTo(Direction.DOWN);
        assertThat(route.steps()).containsExactly(words(steps));
        assertThat(route.to()).containsExactly(words(to));
    }

    @Test
    void takesBackWhatIsGoneFromDisk() {
        List<AppliedRevision> history = new ArrayList<>(applied("aaaa", "bbbb"));
        history.add(record("gone", "bbbb"));

        Route route = fork.down(Target.of("aaaa"), history);

        assertThat(route.steps()).containsExactly("gone", "bbbb");
        assertThat(route.from()).containsExactly("gone");
        assertThat(fork.down(Target.of("gone"), history).isEmpty()).isTrue();
        assertThat(fork.up(Target.heads(), history).steps()).containsExactly("cccc");
        assertThat(fork.up(Target.of("gone"), history).isEmpty()).isTrue();
    }

    @Test
    void namesTheHeadsAndTheMerge() {
        assertThatThrownBy(() -> fork.up(Target.head(), List.of()))
                .isInstanceOfSatisfying(
                        MultipleHeadsException.class, e -> assertThat(e.heads()).containsExactly("bbbb", "cccc"))
                .hasMessageContaining("belay merge")
                .hasMessageContaining("bbbb.sql");
        assertThat(fork.up(Target.heads(), List.of()).to()).containsExactly("bbbb", "cccc");
    }

    @Test
    void saysHowManyStepsThereAre() {
        assertThatThrownBy(() -> fork.up(Target.of("+3"), applied("aaaa")))
                .isInstanceOfSatisfying(
                        UnreachableTargetException.class,
                        e -> assertThat(e.available()).isEqualTo(2))
                .hasMessageContaining("only 2 revisions are pending");
        assertThatThrownBy(() -> fork.down(Target.of("-2"), applied("aaaa")))
                .hasMessageContaining("only 1 revision is applied");
        assertThatThrownBy(() -> fork.up(Target.of("bbbb-2"), List.of())).hasMessageContaining("only 1 revision below");
    }

    @Test
    void refusesTargetsOfTheOtherDirection() {
        for (String target : List.of("base", "-1")) {
            assertThatThrownBy(() -> fork.up(Target.of(target), List.of())).isInstanceOf(InvalidTargetException.class);
        }
        for (String target : List.of("head", "heads", "+1")) {
            assertThatThrownBy(() -> fork.down(Target.of(target), List.of()))
                    .isInstanceOf(InvalidTargetException.class);
        }
        assertThatThrownBy(() -> fork.down(Target.of("bbbb"), applied("aaaa")))
                .isInstanceOf(RevisionNotAppliedException.class)
                .hasMessageContaining("bbbb");
        assertThatThrownBy(() -> fork.down(Target.of("nope"), List.of())).isInstanceOf(UnknownRevisionException.class);
    }

    @Test
    void anEmptyGraphHasNothingToDo() {
        RevisionGraph empty = RevisionGraph.of(List.of());

        assertThat(empty.up(Target.head(), List.of()).isEmpty()).isTrue();
        assertThat(empty.down(Target.base(), List.of()).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void holdsItsPropertiesOnRandomGraphs(long seed) {
        Random random = new Random(seed);
        List<Revision> revisions = randomRevisions(random, 60);
        RevisionGraph graph = RevisionGraph.of(revisions);
        List<String> order = ids(graph.inOrder());
        Collections.shuffle(revisions, random);

        assertThat(ids(RevisionGraph.of(revisions).inOrder())).isEqualTo(order);
        for (Revision revision : revisions) {
            Set<String> ancestors = new HashSet<>(ids(graph.ancestors(revision.id())));
            assertThat(order.subList(0, order.indexOf(revision.id()))).containsAll(ancestors);
            ancestors.forEach(
                    ancestor -> assertThat(ids(graph.descendants(ancestor))).contains(revision.id()));
            checkUpAndDown(graph, revision.id(), random);
        }
    }

    private static void checkUpAndDown(RevisionGraph graph, String id, Random random) {
        List<AppliedRevision> history = history(graph, graph.up(Target.revision(id), List.of()));
        assertThat(history).extracting(AppliedRevision::id).contains(id).containsAll(ids(graph.ancestors(id)));
        Route rest = graph.up(Target.heads(), history);
        history.addAll(history(graph, rest));
        assertThat(history).hasSize(graph.size());

        Route down = graph.down(Target.revision(id), history);
        assertThat(down.steps()).containsExactlyInAnyOrderElementsOf(ids(graph.descendants(id)));
        Collections.shuffle(history, random); // stamps in any order
        List<String> undone = graph.down(Target.base(), history).steps();
        for (String each : undone) {
            assertThat(undone.subList(0, undone.indexOf(each))).containsAll(ids(graph.descendants(each)));
        }
    }

    private static List<AppliedRevision> history(RevisionGraph graph, Route route) {
        List<AppliedRevision> history = new ArrayList<>();
        for (String id : route.steps()) {
            history.add(record(id, graph.find(id).parents().toArray(String[]::new)));
        }
        return history;
    }

    private static List<Revision> randomRevisions(Random random, int count) {
        List<String> ids = new ArrayList<>();
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "r" + (1000 + random.nextInt(9000)) + "x" + i;
            Set<String> parents = new LinkedHashSet<>();
            for (int p = random.nextInt(4); p > 0 && !ids.isEmpty(); p--) {
                parents.add(ids.get(random.nextInt(ids.size())));
            }
            revisions.add(revision(id, random.nextInt(5) + ".sql", parents.toArray(String[]::new)));
            ids.add(id);
        }
        return revisions;
    }

    private static String[] words(String text) {
        return text == null ? new String[0] : text.split(" ");
    }

    private static List<AppliedRevision> applied(String... ids) {
        return Stream.of(ids).map(id -> record(id)).toList();
    }

    private static AppliedRevision record(String id, String... parents) {
        return new AppliedRevision(id, List.of(parents), "", "", Instant.EPOCH, false);
    }

    private static RevisionGraph graph(String... lines) {
        return RevisionGraph.of(Stream.of(lines)
                .map(line -> line.split("[<,]"))
                .map(parts ->
                        revision(parts[0], parts[0] + ".sql", java.util.Arrays.copyOfRange(parts, 1, parts.length)))
                .toList());
    }

    private static Revision revision(String id, String origin, String... parents) {
        return Revision.named(id, "x")
                .origin(origin)
                .after(parents)
                .upgrade(connection -> {})
                .downgrade(connection -> {});
    }

    private static List<String> ids(List<Revision> revisions) {
        return revisions.stream().map(Revision::id).toList();
    }
}
