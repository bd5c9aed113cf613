package dev.belay.postgres.preflight;

import dev.belay.BelayException;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import java.util.ArrayList;
import java.util.List;

/** Looks at the history in the database against the revisions on disk. */
record HistoryAndFiles() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "history",
            "the history in the database against the revisions on disk",
            "critical when the files can't be read; minor for a revision that was left half-way, is not among the files, or when there are several heads",
            "reads the revisions",
            "Bring back the missing file, or stamp; merge several heads.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    @Override
    public List<Finding> look(Situation situation) {
        var context = situation.context();
        List<Finding> findings = new ArrayList<>();
        context.state()
                .partial()
                .ifPresent(partial -> findings.add(Finding.minor(
                        ABOUT.id(),
                        "revision " + partial.revision() + " was left after " + partial.statementsDone()
                                + " statements.",
                        "The run goes on where it stopped.")));
        try {
            var graph = context.engine().graph();
            List<String> gone = context.state().ids().stream()
                    .filter(id -> graph.get(id).isEmpty())
                    .toList();
            if (!gone.isEmpty()) {
                findings.add(minor("applied, but not among the files: " + Names.firstFew(gone, gone.size()) + "."));
            }
            if (graph.heads().size() > 1) {
                findings.add(minor("the revisions have " + graph.heads().size() + " heads."));
            }
        } catch (BelayException e) {
            findings.add(critical(String.valueOf(e.getMessage()), ""));
        }
        return findings;
    }
}
