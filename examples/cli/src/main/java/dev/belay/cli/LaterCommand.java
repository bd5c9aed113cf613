package dev.belay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The commands that the contract names and this version hasn't. */
@Command(
        name = "snapshot",
        aliases = {"diff", "prove", "recover"},
        hidden = true)
final class LaterCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Unmatched
    List<String> ignored = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> given =
                Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs();
        String name = given.stream()
                .filter(List.of("snapshot", "diff", "prove", "recover")::contains)
                .findFirst()
                .orElse("this command");
        throw new UsageException(name + " is not available in this version. Nothing was touched.");
    }
}
