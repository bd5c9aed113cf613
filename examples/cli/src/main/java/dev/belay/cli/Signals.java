package dev.belay.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. The JVM answers both by its shutdown hooks; this one interrupts the working thread, waits until what
 * was begun is undone, and only then lets the JVM die, with the exit code of the contract. A second Ctrl-C finds the
 * shutdown under way and changes nothing.
 */
final class Signals {
    /** How long a command that only reads is waited for: it may hang in a connection that never answers. */
    private static final long READERS_SECONDS = 2;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean changing;
    private volatile boolean signalled;
    private volatile int exitCode = ExitCode.INTERRUPTED;

    /** Listens from now on, for the calling thread. */
    static Signals heard() {
        Signals signals = new Signals();
        Runtime.getRuntime().addShutdownHook(new Thread(signals::onShutdown, "belay-signals"));
        return signals;
    }

    /** From now on the database may be changed: the work is waited for, however long its way back takes. */
    void changing() {
        changing = true;
    }

    boolean signalled() {
        return signalled;
    }

    /** The work is over; ends the JVM. */
    void exit(int code) {
        exitCode = code;
        ended.countDown();
        System.exit(code); // blocks for ever where the hook is at work already, which then ends the JVM
    }

    private void onShutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        signalled = true;
        worker.interrupt();
        awaitEnd();
        Runtime.getRuntime().halt(exitCode == ExitCode.NOT_DONE ? ExitCode.INTERRUPTED : exitCode);
    }

    private void awaitEnd() {
        try {
            if (changing) {
                ended.await();
            } else if (!ended.await(READERS_SECONDS, TimeUnit.SECONDS)) {
                exitCode = ExitCode.INTERRUPTED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
