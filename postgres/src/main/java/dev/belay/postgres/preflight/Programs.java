package dev.belay.postgres.preflight;

import dev.belay.postgres.tools.ClientProgramMissingException;
import dev.belay.validation.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at pg_dump and pg_restore, where the backup needs them. */
record Programs() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "client-programs",
            "pg_dump and pg_restore, where the backup needs them",
            "critical when missing or older than the server",
            "starts each program once per process, for its version",
            "Install the server's client package, or name the program in the backup strategy.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    @Override
    public List<Finding> look(Situation situation) {
        return situation
                .dump()
                .map(dump -> Stream.of("pg_dump", "pg_restore")
                        .flatMap(program ->
                                missing(dump, program, situation.facts().major()).stream())
                        .toList())
                .orElse(List.of());
    }

    private Optional<Finding> missing(LocalDump dump, String program, int major) {
        try {
            dump.programs().find(program, major);
            return Optional.empty();
        } catch (ClientProgramMissingException e) {
            return Optional.of(critical(String.valueOf(e.getMessage()), ""));
        }
    }
}
