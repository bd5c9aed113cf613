package dev.belay.cli;

import dev.belay.BelayException;
import dev.belay.MigrationFailedException;
import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import dev.belay.postgres.schema.SnapshotFileException;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionException;
import java.util.ArrayList;
import java.util.List;

/** Tells what failed, in one to five lines: what, on what, the state of the database, the way out. */
final class Failures {
    private static final int MOST_LINES = 5;

    private final Program program;

    Failures(Program program) {
        this.program = program;
    }

    /** A failure outside of a run. */
    int tell(Exception failure) {
        boolean misused = failure instanceof UsageException
                || failure instanceof RevisionException
                || failure instanceof SnapshotFileException
                || failure instanceof InvalidDatabaseUrlException;
        String words = words(failure);
        print(words.lines().toList());
        trace(failure);
        if (!misused && program.settings().json()) {
            program.out().json(Json.object("error", words));
        }
        return misused ? ExitCode.USAGE : ExitCode.NOT_DONE;
    }

    private static String words(Exception failure) {
        if (failure instanceof BelayException || failure instanceof UsageException) {
            return String.valueOf(failure.getMessage());
        }
        return "An unexpected " + failure.getClass().getName()
                + ". This is a mistake in Belay: please report it, with what"
                + " -v shows.\nLook in which state the database is with: belay status";
    }

    /** A run that failed; its JSON is the report's. */
    int tell(MigrationFailedException failure, Direction direction) {
        MigrationReport report = failure.report();
        String verb = direction == Direction.UP ? "upgrade" : "downgrade";
        List<String> error = report.error().orElse("the run failed").lines().toList();
        List<String> end = new ArrayList<>(state(report));
        end.add(wayOut(report));
        List<String> lines = new ArrayList<>();
        lines.add(verb + " of " + report.database() + " " + ended(report.outcome()) + ": " + error.get(0));
        lines.addAll(error.subList(1, Math.min(error.size(), MOST_LINES - end.size())));
        lines.addAll(end);
        print(lines);
        trace(failure);
        return report.outcome() == Outcome.FAILED ? ExitCode.NEEDS_A_PERSON : ExitCode.NOT_DONE;
    }

    private static String ended(Outcome outcome) {
        return switch (outcome) {
            case REFUSED -> "refused";
            case ROLLED_BACK -> "rolled back";
            case RESTORED -> "failed, backup restored";
            case FAILED, APPLIED, UP_TO_DATE -> "failed, and so did the way back";
        };
    }

    private static List<String> state(MigrationReport report) {
        String backup =
                report.backup().map(b -> "The backup is " + b.location() + ".").orElse("There is no backup.");
        return switch (report.outcome()) {
            case REFUSED ->
                List.of(
                        report.knowsHeads()
                                ? "Nothing was changed: the database is at " + Summary.heads(report.from()) + "."
                                : "Nothing was changed.");
            case RESTORED ->
                List.of(
                        "The database is as it was when the backup was taken, at " + Summary.heads(report.to()) + ".",
                        report.rollback().map(r -> r.detail()).orElse(backup));
            case ROLLED_BACK -> List.of("The database is as it was before, at " + Summary.heads(report.to()) + ".");
            case FAILED, APPLIED, UP_TO_DATE ->
                List.of("The database needs a person: it is neither as it was before nor as" + " it should be. "
                        + backup);
        };
    }

    private String wayOut(MigrationReport report) {
        String file = new Summary(program.settings()).reportFile(report);
        if (report.outcome() != Outcome.FAILED) {
            return "Report: " + file;
        }
        return report.backup()
                .map(b -> "Report: " + file + "\nNext: belay status; then belay restore " + b.location())
                .orElse("Report: " + file + "\nNext: belay status");
    }

    private void print(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            program.err().println((i == 0 ? "belay: " : "") + lines.get(i));
        }
    }

    private void trace(Exception failure) {
        if (program.settings().verbose()) {
            failure.printStackTrace(program.err());
        }
    }
}
