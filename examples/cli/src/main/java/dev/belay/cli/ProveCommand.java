package dev.belay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Are the revisions reversible? */
@Command(
        name = "prove",
        description =
                "Runs each revision up, down and up again, with rows in the tables, in databases that are made beside the"
                        + " given one and dropped again. Exit code 0: each is reversible or says why it is not; 1: some are not.")
final class ProveCommand implements Callable<Integer> {
    private final Program program;

    ProveCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Settings settings = program.settings();
        List<RevisionProof> proofs = Prover.of(settings.revisions(), settings.database())
                .timeout(settings.timeout())
                .listener(this::tell)
                .prove();
        long faults = proofs.stream().filter(proof -> !proof.isSound()).count();
        if (!settings.json()) {
            program.say(
                    faults == 0
                            ? "Proven: " + proofs.size() + " revisions."
                            : faults + " of " + proofs.size() + " revisions are at fault.");
        }
        return faults == 0 ? ExitCode.DONE : ExitCode.NOT_DONE;
    }

    private void tell(RevisionProof proof) {
        if (program.settings().json()) {
            program.out().jsonLine(json(proof));
        } else {
            program.out().line(proof.toString());
        }
    }

    private static JsonElement json(RevisionProof proof) {
        JsonObject json = Json.object("revision", proof.revision());
        json.addProperty("up", proof.up());
        json.addProperty("down", proof.down());
        json.addProperty("schemaRestored", proof.schemaRestored().label());
        json.addProperty("rowsPreserved", proof.rowsPreserved().label());
        json.add("differences", Json.array(proof.differences(), Json::difference));
        json.addProperty("seconds", proof.duration().toMillis() / 1000.0);
        proof.error().ifPresent(error -> json.addProperty("error", error));
        return json;
    }
}
