package dev.belay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.backup.Backup;
import dev.belay.backup.ProofLevel;
import dev.belay.engine.RevisionResult;
import dev.belay.report.StepReport.Status;
import dev.belay.revision.Direction;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackResult.Method;
import dev.belay.validation.Finding;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page shows what the report says, and nothing that is in it becomes part of the page. */
class HtmlReportTest {
    /** What PostgreSQL takes for a table's name. */
    private static final String EVIL = "<script>alert('x')</script>\"&amp;<img src=x onerror=alert(1)>";

    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir
    Path directory;

    @Test
    void aNameIsOnlyEverAText() throws Exception {
        MigrationReport report = full(Outcome.FAILED, EVIL);
        String html = report.toHtml();
        assertThat(html).doesNotContain("<script", "<img").contains("&lt;script&gt;alert(&#39;x&#39;)");
        TreeSet<String> elements = new TreeSet<>();
        for (Element element : elements(html)) {
            elements.add(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .isIn("lang", "charset", "http-equiv", "content", "name", "class", "colspan");
            }
        }
        assertThat(elements)
                .isSubsetOf(
                        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "p",
                        "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "span", "strong");
        // database, error, environment, backup, step's reason, revision, finding (3), note, rollback (2), from, to,
        // title
        assertThat(texts(html).split("<script>alert\\('x'\\)</script>\"&amp;<img", -1))
                .hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void needsNothingBesideItself() {
        assertThat(full(Outcome.RESTORED, "public.users").toHtml())
                .doesNotContain("src=", "href=", "url(", "@import", "<script")
                .contains("default-src 'none'", "width=device-width");
    }

    @Test
    void showsWhatTheTextShows() throws Exception {
        String page = texts(full(Outcome.RESTORED, "public.users").toHtml());
        assertThat(page)
                .contains("restored", "The change failed and the backup was restored")
                .contains("Rollback by restore succeeded", "Only in the kept database", "1,234")
                .contains("2026-11-21 07:00:00 UTC", "83.50 s", "10,485,760 bytes", "proof: compared")
                .contains("preflight", "passed", "0.05 s", "test-run", "skipped", "done by hand", "apply", "failed")
                .contains("critical", "ForeignKeys.hold", "Notes", "base");
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everyOutcomeHasItsColourAndItsSentence(Outcome outcome) throws Exception {
        Element header = elements(full(outcome, "t").toHtml()).stream()
                .filter(element -> element.getTagName().equals("header"))
                .findFirst()
                .orElseThrow();
        assertThat(header.getAttribute("class"))
                .isEqualTo(
                        switch (outcome) {
                            case APPLIED, UP_TO_DATE -> "good";
                            case REFUSED, ROLLED_BACK, RESTORED -> "held";
                            case FAILED -> "bad";
                        });
        assertThat(header.getTextContent()).contains(outcome.label(), ".");
    }

    @Test
    void leavesOutWhatThereIsNot() throws Exception {
        MigrationReport report = new MigrationReport(
                "run",
                Outcome.UP_TO_DATE,
                "localhost/clinic",
                "staging",
                START,
                START,
                List.of("a1"),
                List.of("a1"),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(texts(report.toHtml()))
                .contains("There was nothing to do.", "a1")
                .doesNotContain("Error", "Steps", "Findings", "Notes", "Rollback");
    }

    @Test
    void liesBesideTheOtherFormats() throws IOException {
        MigrationReport report = full(Outcome.FAILED, "public.users");
        new ReportDirectory(directory).write(report);
        assertThat(directory.resolve("report-run_1.html")).hasContent(report.toHtml());
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("report-run_1.txt", "report-run_1.json", "report-run_1.html");
        }
    }

    private static MigrationReport full(Outcome outcome, String name) {
        return new MigrationReport(
                "run_1",
                outcome,
                "localhost/" + name,
                name,
                START,
                START.plusMillis(83_500),
                List.of(name),
                outcome == Outcome.RESTORED ? List.of() : List.of(name),
                List.of(new RevisionResult(name, Direction.UP, Duration.ofMillis(70), 12)),
                List.of(
                        new StepReport("preflight", Status.PASSED, Duration.ofMillis(50), ""),
                        new StepReport("test-run", Status.SKIPPED, Duration.ZERO, "done by hand"),
                        new StepReport("apply", Status.FAILED, Duration.ofSeconds(2), name)),
                Optional.of(backup(name)),
                List.of(
                        Finding.critical("ForeignKeys.hold", name + " has 3 orphans.", "Remove " + name + "."),
                        Finding.minor(name, "A sequence is behind.", "")),
                List.of("Not tried: " + name),
                Optional.of(new RollbackResult(
                        Method.RESTORE,
                        outcome != Outcome.FAILED,
                        Optional.of("kept"),
                        Map.of(name, 1_234L),
                        "Restored " + name + ".")),
                Optional.of("Step apply failed\n" + name));
    }

    private static Backup backup(String name) {
        return new Backup(
                "b1",
                "backups/" + name,
                Optional.empty(),
                "clinic",
                START,
                List.of(),
                10_485_760,
                Duration.ofSeconds(1),
                ProofLevel.COMPARED,
                Optional.empty());
    }

    /** The page is well-formed XML too, so a parser that forgives nothing reads it. */
    private static List<Element> elements(String html) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)));
        NodeList nodes = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String texts(String html) throws Exception {
        return elements(html).get(0).getTextContent();
    }
}
