package dev.belay.testkit.fault;

import dev.belay.backup.Backup;
import dev.belay.database.Database;
import dev.belay.database.Observations;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaDifference.Change;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether the rows of before a run are somewhere, without anything of Belay having run since. */
final class Survival {
    private static final String SCRATCH = "restored_by_hand";

    private final PostgresServer server;
    private final Stand stand;
    private final PostgresDatabase live;
    private final Observations observations;
    private final Database before;

    Survival(PostgresServer server, Stand stand) {
        this.server = server;
        this.stand = stand;
        this.live = stand.place().postgres();
        this.observations = live.observations();
        this.before = live.named(Stand.TEMPLATE);
    }

    /** What is missing where; empty when one place has everything. */
    List<String> missing(List<String> kept, List<Backup> backups) throws SQLException, IOException {
        List<String> missing = new ArrayList<>();
        List<String> databases = new ArrayList<>(List.of(live.name()));
        databases.addAll(kept);
        for (String database : databases) {
            Optional<String> lack = lackOf(live.named(database));
            if (lack.isEmpty()) {
                return List.of();
            }
            missing.add("database " + database + " lacks " + lack.get());
        }
        for (Backup backup : backups) {
            Optional<String> lack = lackOf(backup);
            if (lack.isEmpty()) {
                return List.of();
            }
            missing.add("backup " + backup.id() + " lacks " + lack.get());
        }
        missing.add(0, "the rows of before the run are nowhere whole");
        return missing;
    }

    private Optional<String> lackOf(Database database) throws SQLException {
        List<SchemaDifference> gone = observations.schema(before).differencesTo(observations.schema(database)).stream()
                .filter(difference -> difference.change() == Change.REMOVED)
                .filter(difference ->
                        difference.kind().equals("table") || difference.kind().equals("column"))
                .toList();
        if (!gone.isEmpty()) {
            return Optional.of(SchemaDifference.join(gone));
        }
        Map<String, Long> rows = observations.surplus(before, database, Quiet.LOOK);
        return rows.isEmpty() ? Optional.empty() : Optional.of("rows: " + rows);
    }

    /** Restores it as somebody would who has no Belay at hand. */
    private Optional<String> lackOf(Backup backup) throws SQLException, IOException {
        Optional<Path> path = backup.path().filter(Files::exists);
        if (path.isEmpty()) {
            return Optional.of("its file");
        }
        server.createDatabase(SCRATCH);
        try {
            int code = restore(path.get());
            return code == 0 ? lackOf(live.named(SCRATCH)) : Optional.of("what pg_restore could read: " + code);
        } finally {
            server.dropDatabase(SCRATCH);
        }
    }

    private int restore(Path path) throws IOException {
        String program = server.programs()
                .map(bin -> bin.resolve("pg_restore").toString())
                .orElse("pg_restore");
        File output = stand.output().toFile();
        Process process = new ProcessBuilder(
                        program, "--dbname=" + server.libpqUrl(SCRATCH), "--exit-on-error", path.toString())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }
}
