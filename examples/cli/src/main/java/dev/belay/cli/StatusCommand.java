package dev.belay.cli;

import com.google.gson.JsonObject;
import dev.belay.Status;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** All of it. */
@Command(name = "status", description = "Shows what is applied, what is on disk and what is pending.")
final class StatusCommand implements Callable<Integer> {
    private final Program program;

    StatusCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Status status = Plans.plain(program.settings(), new ValidatorOptions(), Program.silence())
                .status();
        if (program.settings().json()) {
            program.out().json(json(status));
        } else {
            print(status, program.out());
        }
        return ExitCode.DONE;
    }

    private static JsonObject json(Status status) {
        JsonObject json = Json.object("database", status.database());
        json.add("current", Json.strings(status.current()));
        json.add("heads", Json.strings(status.heads().stream().map(Revision::id).toList()));
        json.add("applied", Json.array(status.applied(), StatusCommand::applied));
        json.add("pending", Json.array(status.pending(), StatusCommand::pending));
        status.unfinished().ifPresent(id -> json.addProperty("unfinished", id));
        status.interrupted().ifPresent(words -> json.addProperty("interrupted", words));
        status.failed().ifPresent(words -> json.addProperty("failed", words));
        json.add("kept", Json.strings(status.kept()));
        return json;
    }

    private static JsonObject applied(AppliedRevision revision) {
        JsonObject json = Json.revision(revision.id(), revision.description());
        json.add("parents", Json.strings(revision.parents()));
        json.addProperty("appliedAt", revision.appliedAt().toString());
        json.addProperty("stamped", revision.stamped());
        return json;
    }

    private static JsonObject pending(Revision revision) {
        JsonObject json = Json.revision(revision.id(), revision.description());
        json.add("parents", Json.strings(revision.parents()));
        return json;
    }

    private static void print(Status status, Output out) {
        out.line("Database  " + status.database());
        out.line("Current   " + Summary.heads(status.current()));
        out.line("Heads     "
                + Summary.heads(status.heads().stream().map(Revision::id).toList()));
        status.unfinished()
                .ifPresent(
                        id -> out.line("Revision " + id + " was begun and not ended; the next run goes on with it."));
        status.interrupted()
                .ifPresent(words ->
                        out.line("Under way, or interrupted: " + words + ". If nobody is at it: belay recover"));
        status.failed()
                .ifPresent(words -> out.line(words + " The next run finds out how far it came; or: belay recover"));
        status.kept().forEach(name -> out.line("Kept after a restore: database " + name));
        Table table = new Table("STATE", "REVISION", "APPLIED AT", "DESCRIPTION");
        for (AppliedRevision each : status.applied()) {
            String state = each.stamped() ? "stamped" : "applied";
            table.row(state, each.id(), Times.words(each.appliedAt()), each.description());
        }
        status.pending().forEach(each -> table.row("pending", each.id(), "-", each.description()));
        if (!table.isEmpty()) {
            out.line("");
            table.printTo(out);
        }
        out.line("");
        int pending = status.pending().size();
        out.line(pending == 0 ? "Nothing is pending." : pending + " pending: belay upgrade");
    }
}
