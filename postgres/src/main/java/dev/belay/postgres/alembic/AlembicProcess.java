package dev.belay.postgres.alembic;

import dev.belay.context.Cancellation;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProcess.OutputReader;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ClientProgram;
import dev.belay.postgres.tools.ToolSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs Alembic's command against one database. */
final class AlembicProcess {
    private final AlembicProject project;
    private final ToolSession session;

    /** As a session. */
    AlembicProcess(AlembicProject project, ToolSession session) {
        this.project = project;
        this.session = session;
    }

    /**
     * Runs a command to its end.
     *
     * @param lines told each line of its error output
     * @throws ClientProcessException when it fails or can't be started
     */
    void run(List<String> arguments, Consumer<String> lines, OutputReader output, Cancellation cancellation) {
        List<String> all = new ArrayList<>(List.of("-c", project.configuration().toString()));
        all.addAll(arguments);
        String driver = project.driver().isEmpty() ? "" : "+" + project.driver();
        ClientProcess process = session.with(
                        ClientProcess.of(new ClientProgram("alembic", project.program(), "", 1), all))
                .in(project.home())
                .with("PYTHONIOENCODING", "UTF-8")
                .with(project.variable(), session.url("postgresql" + driver))
                .onErrorLine(lines)
                .output(output);
        project.environment().forEach(process::with);
        process.run(cancellation);
    }
}
