package dev.belay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The commands that the contract names and this version hasn't. */
@Command(name = "recover", hidden = true)
final class LaterCommand implements Callable<Integer> {
    @Unmatched
    List<String> ignored = new ArrayList<>();

    @Override
    public Integer call() {
        throw new UsageException("recover is not available in this version. Nothing was touched.");
    }
}
