package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Makes a scenario's run and lets a fault strike in it. */
final class BrokenRun {
    /** After that it hangs. */
    private static final long LONGEST_SECONDS = 180;

    /**
     * How it went.
     *
     * @param struck whether it came to the point
     * @param said how it ended
     * @param wrong what should not have happened
     */
    record End(boolean struck, String said, List<String> wrong) {}

    private final Class<? extends CrashScenario> type;
    private final CrashScenario scenario;
    private final PostgresServer server;
    private final Stand stand;

    BrokenRun(Class<? extends CrashScenario> type, CrashScenario scenario, PostgresServer server, Stand stand) {
        this.type = type;
        this.scenario = scenario;
        this.server = server;
        this.stand = stand;
    }

    End make(Blow blow) throws IOException {
        try (FaultProxy proxy = FaultProxy.before(server)) {
            End end = blow.fault().needsAProcess() ? inAProcess(blow, proxy) : here(blow, proxy);
            proxy.awaitEndOfStrike();
            return end;
        }
    }

    private End inAProcess(Blow blow, FaultProxy proxy) throws IOException {
        CompletableFuture<Process> child = new CompletableFuture<>();
        proxy.strikeAt(blow.point(), blow.fault(), () -> kill(child.join()));
        Process process = ChildRun.start(
                type, stand.place().through(proxy), stand.output().toFile());
        child.complete(process);
        boolean ended = ended(process);
        kill(process);
        String said = Files.readString(stand.output(), StandardCharsets.UTF_8);
        if (proxy.struck().isEmpty() && process.exitValue() != 0) {
            return new End(false, said, List.of("the run failed before it came to the point"));
        }
        return new End(proxy.struck().isPresent(), last(said), ended ? List.of() : hangs());
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void kill(Process process) {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private End here(Blow blow, FaultProxy proxy) {
        proxy.strikeAt(blow.point(), blow.fault());
        AtomicReference<String> said = new AtomicReference<>("nothing");
        Thread runner = new Thread(
                () -> {
                    try {
                        said.set(scenario.run(scenario.plan(stand.place().through(proxy))));
                    } catch (RuntimeException e) {
                        said.set(e.toString());
                    }
                },
                "broken-run");
        runner.start();
        boolean ended = joined(runner, LONGEST_SECONDS);
        List<String> wrong = ended ? List.of() : hangs();
        if (!ended) {
            runner.interrupt();
            boolean unused = joined(runner, LONGEST_SECONDS);
        }
        return new End(proxy.struck().isPresent(), String.valueOf(said.get()), wrong);
    }

    private static boolean joined(Thread thread, long seconds) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private static List<String> hangs() {
        return List.of("the run was still there after " + LONGEST_SECONDS + " s");
    }

    /** Its last lines. */
    private static String last(String output) {
        return output.length() < 600 ? output : "..." + output.substring(output.length() - 600);
    }
}
