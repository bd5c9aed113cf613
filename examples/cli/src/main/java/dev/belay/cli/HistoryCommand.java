package dev.belay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.belay.Status;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The graph. */
@Command(name = "history", description = "Shows the graph of revisions, newest first; applied ones are marked by a *.")
final class HistoryCommand implements Callable<Integer> {
    private final Program program;

    HistoryCommand(Program program) {
        this.program = program;
    }

    /** A revision on disk, in the history, or both. */
    private record Entry(
            String id, String description, List<String> parents, Optional<Instant> appliedAt, boolean onDisk) {}

    @Override
    public Integer call() {
        Status status = Plans.plain(program.settings(), new ValidatorOptions(), Program.silence())
                .status();
        List<Entry> entries = newestFirst(status.applied());
        if (program.settings().json()) {
            program.out().json(Json.array(entries, HistoryCommand::json));
        } else if (entries.isEmpty()) {
            program.say("There are no revisions in " + program.settings().directory() + ".");
        } else {
            table(entries).printTo(program.out());
        }
        return ExitCode.DONE;
    }

    private List<Entry> newestFirst(List<AppliedRevision> applied) {
        Map<String, Instant> instants = new HashMap<>();
        applied.forEach(each -> instants.put(each.id(), each.appliedAt()));
        List<Entry> entries = new ArrayList<>();
        Set<String> onDisk = new HashSet<>();
        for (Revision each : program.settings().graph().inOrder()) {
            onDisk.add(each.id());
            Optional<Instant> appliedAt = Optional.ofNullable(instants.get(each.id()));
            entries.add(new Entry(each.id(), each.description(), each.parents(), appliedAt, true));
        }
        // What only the database knows was written by a newer build, as a rule: it comes last, which is shown first.
        for (AppliedRevision each : applied) {
            if (!onDisk.contains(each.id())) {
                entries.add(
                        new Entry(each.id(), each.description(), each.parents(), Optional.of(each.appliedAt()), false));
            }
        }
        Collections.reverse(entries);
        return entries;
    }

    private static JsonElement json(Entry entry) {
        JsonObject json = Json.revision(entry.id(), entry.description());
        json.add("parents", Json.strings(entry.parents()));
        json.addProperty("applied", entry.appliedAt().isPresent());
        entry.appliedAt().ifPresent(at -> json.addProperty("appliedAt", at.toString()));
        return json;
    }

    private static Table table(List<Entry> entries) {
        Table table = new Table("", "REVISION", "PARENTS", "APPLIED AT", "DESCRIPTION");
        for (Entry entry : entries) {
            table.row(
                    entry.appliedAt().isPresent() ? "*" : "",
                    entry.id(),
                    entry.parents().isEmpty() ? "-" : String.join(", ", entry.parents()),
                    entry.appliedAt().map(Times::words).orElse("-"),
                    entry.description() + (entry.onDisk() ? "" : " (not on disk)"));
        }
        return table;
    }
}
