package dev.belay.cli;

import dev.belay.postgres.schema.SchemaSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The schema, as a file. */
@Command(
        name = "snapshot",
        description = "Prints the schema as canonical JSON: the same schema gives the same bytes. Changes nothing.")
final class SnapshotCommand implements Callable<Integer> {
    private final Program program;

    @Option(names = "--out", paramLabel = "FILE", description = "Where it is written. Default: standard output.")
    @Nullable
    Path file;

    SnapshotCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        SchemaSnapshot snapshot = SchemaSnapshot.of(program.settings().database());
        if (file == null) {
            program.out().append(snapshot.toJson());
            return ExitCode.DONE;
        }
        try {
            snapshot.write(file);
        } catch (IOException e) {
            throw new UsageException(
                    "The snapshot can't be written to " + file + ": " + e + ". Give another --out FILE.");
        }
        program.say("Wrote " + snapshot.objects().size() + " objects into " + file + ".");
        return ExitCode.DONE;
    }
}
