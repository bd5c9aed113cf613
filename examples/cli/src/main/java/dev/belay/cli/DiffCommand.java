package dev.belay.cli;

import com.google.gson.JsonObject;
import dev.belay.database.SchemaDifference;
import dev.belay.postgres.schema.SchemaSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two schemas, side by side. */
@Command(
        name = "diff",
        description =
                "Prints what differs between two schemas, each of a database or of a snapshot's file. Changes nothing."
                        + " Exit code 0: they are equal; 1: they differ.")
final class DiffCommand implements Callable<Integer> {
    private static final Pattern URL = Pattern.compile("(?i)(jdbc:)?postgres(ql)?:.*");

    private final Program program;

    @Parameters(index = "0", paramLabel = "A", description = "A database's URL or a snapshot's file.")
    String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "What it is compared with: a URL or a file.")
    String after = "";

    @Option(names = "--ignore-column-order", description = "Pass over columns that only come in another order.")
    boolean ignoreColumnOrder;

    DiffCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<SchemaDifference> all = snapshot(before).differencesTo(snapshot(after));
        List<SchemaDifference> differences = ignoreColumnOrder ? SchemaDifference.ignoringColumnOrder(all) : all;
        if (program.settings().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("equal", differences.isEmpty());
            json.add("differences", Json.array(differences, Json::difference));
            program.out().json(json);
        } else {
            differences.forEach(difference -> program.out().line(difference.toString()));
            if (differences.isEmpty()) {
                program.say("The schemas are equal.");
            }
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.NOT_DONE;
    }

    private SchemaSnapshot snapshot(String place) {
        if (URL.matcher(place).matches()) {
            return SchemaSnapshot.of(program.settings().database(place));
        }
        Path file = Path.of(place);
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    place + " is neither a URL of PostgreSQL nor a file. Give postgresql://user@host/database or what"
                            + " belay snapshot --out FILE wrote.");
        }
        return SchemaSnapshot.read(file);
    }
}
