package dev.belay.guides;

import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs all of them and shows their reports: {@code Guides PROJECTS}, the directory with the guides' projects. */
public final class Guides {
    private Guides() {}

    /** Those that there are. */
    static List<Guide> all(Path projects) {
        return List.of(
                new PracticeManagement(projects),
                new ProductionScript(projects),
                new LargeTable(projects),
                new BackupAndRestore(projects),
                new Runbook(projects));
    }

    /** Runs them on a throwaway server. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PostgresServer server = PostgresServers.shared();
        Path work = Files.createTempDirectory("belay-guides");
        for (Guide guide : all(Path.of(arguments[0]))) {
            out.println("\n== " + guide.title());
            try (Practice practice = new Practice(server, "guide", work)) {
                Guide.Ending ending = guide.run(practice);
                out.println(ending.upgrade().toText());
                out.println(ending.failure().toText());
                out.println(ending.downgrade().toText());
                out.println("Restored: " + ending.restore().detail());
            }
        }
        out.println("\nBackups and reports are in " + work + ".");
    }
}
