package dev.belay.cli;

import com.google.gson.JsonObject;
import dev.belay.postgres.layout.ImportedRevisions;
import dev.belay.postgres.layout.RevisionImport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Leaves another tool. */
@Command(
        name = "import",
        description = "Writes the revisions of another tool as files of Belay's own layout. Needs no database.")
final class ImportCommand implements Callable<Integer> {
    private final Program program;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the files go: a directory that isn't there yet, or is empty.")
    Path out = Path.of(""); // the parser demands one

    ImportCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        ImportedRevisions imported =
                RevisionImport.of(program.settings().revisions()).into(out);
        if (program.settings().json()) {
            program.out().json(json(imported));
        } else {
            Table table = new Table("FROM", "REVISION", "FILE");
            imported.revisions()
                    .forEach(each -> table.row(
                            each.from(),
                            each.revision(),
                            String.valueOf(each.file().getFileName())));
            table.printTo(program.out());
        }
        tellWhatIsNext(imported);
        return ExitCode.DONE;
    }

    private void tellWhatIsNext(ImportedRevisions imported) {
        String directory = " --revisions " + imported.directory();
        imported.notes().forEach(program::say);
        program.say(imported.revisions().size() + " revisions of " + imported.layout() + " were written to "
                + imported.directory() + ". No database was touched.");
        program.say("A database with " + imported.layout() + "'s history, at its end: belay stamp "
                + (imported.heads().size() == 1 ? imported.heads().get(0) : "heads") + directory);
        program.say("One that is not at its end: belay stamp what FROM is called under REVISION above; belay status"
                + " --revisions " + program.settings().directory() + " names it. Then: belay upgrade" + directory);
    }

    private static JsonObject json(ImportedRevisions imported) {
        JsonObject json = Json.object("directory", imported.directory().toString());
        json.addProperty("layout", imported.layout());
        json.add("revisions", Json.array(imported.revisions(), each -> {
            JsonObject one = Json.object("revision", each.revision());
            one.addProperty("from", each.from());
            one.addProperty("path", each.file().toString());
            return one;
        }));
        json.add("heads", Json.strings(imported.heads()));
        json.add("notes", Json.strings(imported.notes()));
        return json;
    }
}
