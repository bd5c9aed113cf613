package dev.belay.cli;

import com.google.gson.JsonObject;
import dev.belay.validation.Finding;
import dev.belay.validation.Severity;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The validators alone. */
@Command(name = "validate", description = "Runs the validators on the database as it is. Changes nothing.")
final class ValidateCommand implements Callable<Integer> {
    private final Program program;

    @Mixin
    ValidatorOptions validators = new ValidatorOptions();

    ValidateCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<Finding> findings =
                Plans.plain(program.settings(), validators, Program.silence()).validate();
        if (program.settings().json()) {
            JsonObject json = new JsonObject();
            json.add("findings", Json.array(findings, Json::finding));
            program.out().json(json);
        } else if (findings.isEmpty()) {
            program.say("Nothing was found.");
        } else {
            Table table = new Table("SEVERITY", "VALIDATOR", "FINDING");
            findings.forEach(each ->
                    table.row(each.severity().name().toLowerCase(Locale.ROOT), each.validator(), each.toString()));
            table.printTo(program.out());
        }
        return findings.stream().anyMatch(each -> each.severity() == Severity.CRITICAL)
                ? ExitCode.NOT_DONE
                : ExitCode.DONE;
    }
}
