package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at the free space of the server, when it runs on this machine. */
record ServerSpace() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "server-space",
            "the free space of the server, when it runs on this machine",
            "critical below the size of a copy plus 10 %, minor below 30 % more; not checked on another machine",
            "none of its own",
            "Free space there, or skip the test run and lower the proof for a reason.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    /** At most one database beside the original is there at a time. */
    @Override
    public List<Finding> look(Situation situation) {
        var facts = situation.facts();
        if (!situation.makesDatabases()
                || !facts.local()
                || facts.dataDirectory().isEmpty()) {
            return List.of();
        }
        Path directory = Path.of(facts.dataDirectory());
        // A tunnel or a container looks local as well; its directory isn't here then.
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        long backup =
                situation.dump().filter(dump -> sharesDisk(dump, directory)).isPresent()
                        ? BackupSpace.expectedBytes(situation)
                        : 0;
        String what = "a copy of the database" + (backup > 0 ? " with its backup on the same disk" : "");
        return Space.shortage(this, directory, facts.databaseBytes() + backup, what);
    }

    private static boolean sharesDisk(LocalDump dump, Path directory) {
        try {
            return Files.getFileStore(BackupSpace.existing(dump.directory())).equals(Files.getFileStore(directory));
        } catch (IOException e) {
            return true; // the cautious answer
        }
    }
}
