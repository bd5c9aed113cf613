package dev.belay.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system in memory, which can be filled to its last byte. Where nothing may be mounted the test is skipped. */
final class SmallDisk implements AutoCloseable {
    private static final String BALLAST = "ballast";

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static SmallDisk at(Path path, String size) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()),
                "skipped: only root may mount a small file system");
        return new SmallDisk(path);
    }

    /** Puts the data directory of a server that was started from programs onto a small file system. */
    static SmallDisk under(PostgresServer server, String size) {
        assumeTrue(
                server.socketDirectory().isPresent(),
                "skipped: the server was not started from programs, so its data can't be moved");
        Path data = server.socketDirectory().orElseThrow().resolve("data");
        Path aside = data.resolveSibling("data-aside");
        server.crash();
        try {
            Files.move(data, aside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SmallDisk disk = at(data, size);
        require(run("cp", "-a", aside + "/.", data.toString()), "copy the server's data");
        server.restart();
        return disk;
    }

    Path path() {
        return path;
    }

    /** Leaves so many bytes and no more. */
    void fill(long left) {
        byte[] block = new byte[4096];
        try (OutputStream ballast = Files.newOutputStream(path.resolve(BALLAST))) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            // that it ends so is the point; anything else would leave room, and fail the test that wants none
            if (!String.valueOf(full.getMessage()).contains("space")) {
                throw new UncheckedIOException(full);
            }
        }
        try (FileChannel ballast = FileChannel.open(path.resolve(BALLAST), StandardOpenOption.WRITE)) {
            ballast.truncate(Math.max(0, ballast.size() - left));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void free() {
        try {
            Files.deleteIfExists(path.resolve(BALLAST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        require(run("umount", "--lazy", path.toString()), "unmount " + path);
    }

    private static void require(boolean done, String what) {
        if (!done) {
            throw new IllegalStateException("could not " + what);
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
