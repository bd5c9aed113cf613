package dev.belay.report;

import dev.belay.backup.Backup;
import dev.belay.engine.RevisionResult;
import dev.belay.report.StepReport.Status;
import dev.belay.rollback.RollbackResult;
import dev.belay.validation.Finding;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A report as one HTML page that needs nothing else: no script, no file beside it, no network. */
final class HtmlReport {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The columns of which the digits stand below each other. */
    private static final Set<String> NUMBERS = Set.of("Rows", "Statements", "Time");

    private final MigrationReport report;
    private final Html html = new Html();

    private HtmlReport(MigrationReport report) {
        this.report = report;
    }

    static String of(MigrationReport report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        html.open("html", "lang=\"en\"").open("head").empty("meta", "charset=\"utf-8\"");
        // Nothing is loaded and nothing runs, even if a browser took a text for more than a text.
        html.empty(
                "meta",
                "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"");
        html.empty("meta", "name=\"viewport\" content=\"width=device-width, initial-scale=1\"");
        html.element("title", "", report.outcome().label() + ": " + report.database());
        html.style(ReportStyle.CSS).close();
        html.open("body").open("main");
        head();
        report.error().ifPresent(error -> box("error", "Error", error));
        report.rollback().ifPresent(this::rollback);
        facts();
        steps();
        revisions();
        findings();
        notes();
        return html.close().close().close().toString();
    }

    private void head() {
        html.open("header", "class=\"" + mood() + "\"");
        html.element("p", "class=\"outcome\"", report.outcome().label());
        html.element("h1", "", report.database());
        html.element("p", "", sentence()).close();
    }

    /** The class that colours the head; the words beside say the same. */
    private String mood() {
        return switch (report.outcome()) {
            case UP_TO_DATE, APPLIED -> "good";
            case ROLLED_BACK, RESTORED, REFUSED -> "held";
            case FAILED -> "bad";
        };
    }

    private String sentence() {
        return switch (report.outcome()) {
            case UP_TO_DATE -> "There was nothing to do.";
            case APPLIED -> "The change is in.";
            case ROLLED_BACK -> "The change failed and was taken back: the database is as it was before.";
            case RESTORED ->
                "The change failed and the backup was restored: the database is as it was when the backup was taken.";
            case REFUSED -> "The run stopped before anything was changed.";
            case FAILED ->
                "The change failed and could not be taken back: the database is neither as it was nor as it should be,"
                        + " and needs a person.";
        };
    }

    private void box(String kind, String title, String text) {
        html.open("section", "class=\"box " + kind + "\"").element("h2", "", title);
        html.element("p", "class=\"lines\"", text).close();
    }

    private void rollback(RollbackResult rollback) {
        html.open("section", "class=\"box " + (rollback.succeeded() ? "held" : "error") + "\"");
        html.element(
                "h2",
                "",
                "Rollback by " + Words.lower(rollback.method()) + (rollback.succeeded() ? " succeeded" : " failed"));
        html.element("p", "class=\"lines\"", rollback.detail());
        if (!rollback.surplus().isEmpty()) {
            table("Only in the kept database", "Rows");
            rollback.surplus()
                    .forEach((table, rows) -> html.open("tr")
                            .element("td", "", table)
                            .element("td", "class=\"number\"", Words.number(rows))
                            .close());
            html.close().close();
        }
        html.close();
    }

    private void facts() {
        html.open("dl");
        fact("Run", report.runId());
        fact("Environment", report.environment());
        fact("Started", INSTANT.format(report.startedAt()));
        fact("Took", Words.seconds(Duration.between(report.startedAt(), report.finishedAt())));
        if (report.knowsHeads()) {
            fact("From", Words.heads(report.from()));
            fact("To", Words.heads(report.to()));
        }
        fact("Backup", report.backup().map(HtmlReport::backup).orElse("none"));
        html.close();
    }

    private static String backup(Backup backup) {
        return backup.location() + " (" + Words.number(backup.bytes()) + " bytes, " + Words.seconds(backup.duration())
                + ", proof: " + Words.lower(backup.proof()) + ")";
    }

    private void fact(String name, String value) {
        html.element("dt", "", name).element("dd", "", value);
    }

    private void steps() {
        if (begin("Steps", report.steps())) {
            table("Step", "Status", "Time");
            for (StepReport step : report.steps()) {
                String status = step.status().label();
                html.open("tr").element("td", "", step.step());
                html.open("td")
                        .element("span", "class=\"tag " + status + "\"", status)
                        .close();
                html.element(
                                "td",
                                "class=\"number\"",
                                step.status() == Status.SKIPPED ? "" : Words.seconds(step.duration()))
                        .close();
                if (!step.reason().isEmpty()) {
                    html.open("tr", "class=\"reason\"")
                            .element("td", "colspan=\"3\"", step.reason())
                            .close();
                }
            }
            html.close().close().close();
        }
    }

    private void revisions() {
        if (begin("Revisions", report.applied())) {
            table("Revision", "Direction", "Statements", "Time");
            for (RevisionResult revision : report.applied()) {
                html.open("tr").element("td", "", revision.revision());
                html.element("td", "", Words.lower(revision.direction()));
                html.element("td", "class=\"number\"", Words.number(revision.statements()));
                html.element("td", "class=\"number\"", Words.seconds(revision.duration()))
                        .close();
            }
            html.close().close().close();
        }
    }

    private void findings() {
        if (begin("Findings", report.findings())) {
            html.open("ul");
            for (Finding finding : report.findings()) {
                String severity = Words.lower(finding.severity());
                html.open("li").element("span", "class=\"tag " + severity + "\"", severity);
                html.element("strong", "", finding.validator())
                        .text(finding.toString())
                        .close();
            }
            html.close().close();
        }
    }

    private void notes() {
        if (begin("Notes", report.notes())) {
            html.open("ul");
            report.notes().forEach(note -> html.element("li", "", note));
            html.close().close();
        }
    }

    /** Opens a section, unless there is nothing to put into it. */
    private boolean begin(String title, List<?> items) {
        if (items.isEmpty()) {
            return false;
        }
        html.open("section").element("h2", "", title);
        return true;
    }

    /** Opens a table and its body. */
    private void table(String... columns) {
        html.open("table").open("thead").open("tr");
        for (String column : columns) {
            html.element("th", NUMBERS.contains(column) ? "class=\"number\"" : "", column);
        }
        html.close().close().open("tbody");
    }
}
