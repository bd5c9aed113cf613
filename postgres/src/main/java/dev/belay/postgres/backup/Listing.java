package dev.belay.postgres.backup;

import dev.belay.backup.BackupFailedException;
import dev.belay.context.RunContext;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ClientProgram;
import dev.belay.postgres.tools.ClientProgramMissingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of contents of a backup. */
record Listing(DumpSettings settings, BackupFolder folder) {
    private static final String LAST_WORDS = "PostgreSQL database dump complete";
    private static final int TAIL = 4096;

    /** Throws unless the table of contents can be read; of a script, unless it is there to its end. */
    void check(Sidecar sidecar, RunContext context) {
        Path data = folder.dataOf(sidecar);
        try {
            if (sidecar.format() == Format.PLAIN) {
                checkEnd(data);
            } else {
                var unused = entries(find("pg_restore", sidecar), data, context);
            }
        } catch (IOException | ClientProcessException | ClientProgramMissingException e) {
            throw new BackupFailedException(
                    "Backup " + data + " can't be read: " + e.getMessage()
                            + " Nothing was changed. Take or use another backup.",
                    e);
        }
    }

    ClientProgram find(String program, Sidecar sidecar) {
        return DumpRun.programs(settings).find(program, major(sidecar.pgDumpVersion()));
    }

    private static int major(String version) {
        return Integer.parseInt(version.split("\\D")[0]);
    }

    /** A line for each item, as pg_restore's option {@code --use-list} takes them. */
    static List<String> entries(ClientProgram pgRestore, Path data, RunContext context) {
        List<String> lines = new ArrayList<>();
        ClientProcess.of(pgRestore, List.of("--list", data.toString()))
                .output(stream -> {
                    var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        if (!line.startsWith(";")) {
                            lines.add(line);
                        }
                    }
                })
                .run(context.cancellation());
        return lines;
    }

    private static void checkEnd(Path script) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(script.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL));
            byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(tail);
            if (!new String(tail, StandardCharsets.UTF_8).contains(LAST_WORDS)) {
                throw new IOException("it does not end with the words \"" + LAST_WORDS + "\".");
            }
        }
    }
}
