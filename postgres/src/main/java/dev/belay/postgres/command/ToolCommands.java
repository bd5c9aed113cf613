package dev.belay.postgres.command;

import dev.belay.context.Cancellation;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProcess.OutputReader;
import dev.belay.postgres.tools.ClientProgram;
import dev.belay.postgres.tools.ToolSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is said about a tool.
 *
 * @param directory where its commands are started
 * @param known which revisions there are
 * @param table of its history, as it is written in SQL
 * @param applied a query for the applied ids in their order
 * @param upgrade with placeholders
 * @param downgrade with placeholders; empty where there is none
 * @param check fails where the database isn't there
 * @param base what the tool calls the state before the first revision
 * @param variable that holds the URL
 * @param scheme of the URL
 */
record ToolCommands(
        String name,
        Path directory,
        KnownRevisions known,
        String table,
        String applied,
        List<String> upgrade,
        List<String> downgrade,
        List<String> check,
        String base,
        String variable,
        String scheme,
        Map<String, String> environment) {
    ToolCommands {
        upgrade = List.copyOf(upgrade);
        downgrade = List.copyOf(downgrade);
        check = List.copyOf(check);
        environment = Map.copyOf(environment);
    }

    /**
     * Runs a command.
     *
     * @param session to the database that it is to work in, if any
     * @throws dev.belay.postgres.tools.ClientProcessException when it fails or can't be started
     */
    void run(List<String> command, Optional<ToolSession> session, OutputReader output, Cancellation cancellation) {
        ClientProcess process = ClientProcess.of(
                        new ClientProgram(name, Path.of(command.get(0)), "", 1), command.subList(1, command.size()))
                .in(directory)
                .output(output);
        session.ifPresent(each -> each.with(process).with(variable, each.url(scheme)));
        environment.forEach(process::with);
        process.run(cancellation);
    }
}
