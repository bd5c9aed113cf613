package dev.belay.run.internal;

import dev.belay.context.internal.Failures;
import dev.belay.report.MigrationReport;
import dev.belay.report.ReportDirectory;
import java.io.IOException;
import java.util.function.Supplier;

/** The report at the end of a run, in its directory. */
final class WrittenReport {
    private WrittenReport() {}

    /**
     * Writes the report; that it can't be written changes nothing any more, and is a note in it.
     *
     * @param report made again with the note
     */
    static MigrationReport of(Settings settings, Recorder run, Supplier<MigrationReport> report) {
        MigrationReport whole = report.get();
        if (settings.reports().isEmpty()) {
            return whole;
        }
        ReportDirectory directory = settings.reports().get();
        try {
            directory.write(whole);
            return whole;
        } catch (IOException e) {
            run.note("The report of run " + whole.runId() + " could not be written into " + directory.path() + ": "
                    + Failures.words(e) + ". The database is as the run says ("
                    + whole.outcome().label()
                    + "), and belay.audit in it tells of the run. Make room there, or give another directory.");
            return report.get();
        }
    }
}
