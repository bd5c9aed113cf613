package dev.belay.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.belay.BelayException;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each wrong use fails before a server is asked, with a sentence that says the right one. */
class WrongUseTest {
    record Case(Class<?> type, List<String> words) {
        static Case of(Class<?> type, String... words) {
            return new Case(type, List.of(words));
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static List<Case> revisions() {
        return List.of(
                Case.of(NoPlace.class, "doesn't say where the revisions are", "@ReversibleRevisions(\"db/revisions\")"),
                Case.of(TwoPlaces.class, "names two places", "\"a\"", "\"b\"", "Name one of them"),
                Case.of(
                        NoSuchLocation.class,
                        "classpath:revisions/nowhere",
                        "nothing on the class path has such a folder"),
                Case.of(NoSuchDirectory.class, "src/nowhere", "there is no such directory"),
                Case.of(EmptyLocation.class, "there is no revision in classpath:revisions/empty", "ends in .sql"),
                Case.of(
                        UnknownRevision.class,
                        "@BeforeRevision(\"ffff\")",
                        "ffff",
                        "The revisions are aaaa1111, bbbb2222."),
                Case.of(TwoMethods.class, "second of its kind for revision aaaa1111", "Make one method of the two"),
                Case.of(WrongParameter.class, "must take one java.sql.Connection", "void rows(Connection connection)"),
                Case.of(NeverCalled.class, "would never be called", "cccc3333", "irreversible"),
                Case.of(NoConstructor.class, "with a constructor without parameters"));
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void isAFailedTest(Case wrong) {
        assertThat(failure("belay", wrong.type()))
                .isInstanceOf(BelayException.class)
                .hasMessageContainingAll(wrong.words().toArray(String[]::new));
    }

    static List<Case> databases() {
        return List.of(
                Case.of(
                        FreshWithoutPlace.class,
                        "@FreshDatabase on the parameter",
                        "doesn't say where the revisions are"),
                Case.of(
                        FreshOfAnotherType.class,
                        "can't be a java.lang.String",
                        "PostgresDatabase",
                        "javax.sql.DataSource"),
                Case.of(FreshInAConstructor.class, "belongs to one test", "@BeforeEach"),
                Case.of(TwoSets.class, "name different revisions"));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void ofAParameterFailsTheTest(Case wrong) {
        assertThat(failure("junit-jupiter", wrong.type()))
                .hasMessageContainingAll(wrong.words().toArray(String[]::new));
    }

    @Test
    void aDatabaseForAllTestsIsRefused() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(FreshForAll.class))
                        .execute()
                        .containerEvents()
                        .failed()
                        .stream()
                        .map(WrongUseTest::thrown)
                        .toList())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("belongs to one test"));
    }

    private static Throwable failure(String engine, Class<?> type) {
        return EngineTestKit.engine(engine).selectors(selectClass(type)).execute().testEvents().failed().stream()
                .map(WrongUseTest::thrown)
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " was not refused"));
    }

    private static Throwable thrown(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    @ReversibleRevisions
    static class NoPlace {}

    @ReversibleRevisions(value = "a", directory = "b")
    static class TwoPlaces {}

    @ReversibleRevisions("revisions/nowhere")
    static class NoSuchLocation {}

    @ReversibleRevisions(directory = "src/nowhere")
    static class NoSuchDirectory {}

    @ReversibleRevisions("revisions/empty")
    static class EmptyLocation {}

    @ReversibleRevisions("revisions/sound")
    static class UnknownRevision {
        @BeforeRevision("ffff")
        void rows(Connection connection) {}
    }

    @ReversibleRevisions("revisions/sound")
    static class TwoMethods {
        @BeforeRevision("aaaa1111")
        void rows(Connection connection) {}

        @BeforeRevision("aaaa")
        void moreRows(Connection connection) {}
    }

    @ReversibleRevisions("revisions/sound")
    static class WrongParameter {
        @BeforeRevision("aaaa1111")
        void rows(String connection) {}
    }

    @ReversibleRevisions("revisions/branches")
    static class NeverCalled {
        @AfterDowngrade("cccc3333")
        void back(Connection connection) {}
    }

    @ReversibleRevisions("revisions/sound")
    static class NoConstructor {
        NoConstructor(String name) {}

        @AfterUpgrade("aaaa1111")
        void rows(Connection connection) {}
    }

    static class FreshWithoutPlace {
        @Test
        void takes(@FreshDatabase Connection connection) {}
    }

    static class FreshOfAnotherType {
        @Test
        void takes(@FreshDatabase("revisions/sound") String url) {}
    }

    static class FreshInAConstructor {
        FreshInAConstructor(@FreshDatabase("revisions/sound") Connection connection) {}

        @Test
        void runs() {}
    }

    static class FreshForAll {
        @BeforeAll
        static void takes(@FreshDatabase("revisions/sound") Connection connection) {}

        @Test
        void runs() {}
    }

    @FreshDatabase("revisions/sound")
    @ReversibleRevisions("revisions/branches")
    static class TwoSets {
        @Test
        void takes(@FreshDatabase Connection connection) {}
    }
}
