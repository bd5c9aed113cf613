package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a dump stays, not even after a kill; and nothing of anybody else's is touched. */
class ScratchFolderTest {
    @TempDir
    Path parent;

    @Test
    void isForOneUserAndLeavesNothing() throws Exception {
        try (ScratchFolder folder = ScratchFolder.in(parent)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            assertThat(folder.path().getFileName().toString()).startsWith("belay-test-run-");
            Files.writeString(
                    Files.createDirectory(folder.path().resolve("dump")).resolve("toc.dat"), "data");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void removesWhatAKilledRunLeft() throws Exception {
        leftover("belay-test-run-1");

        ScratchFolder.in(parent).close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void leavesAloneWhatAnotherRunUses() throws Exception {
        try (ScratchFolder first = ScratchFolder.in(parent)) {
            ScratchFolder.in(parent).close();
            ScratchFolder.in(parent).close();
            assertThat(first.path()).isDirectory();
        }
    }

    @Test
    void leavesAloneWhatAnotherProgramUses() throws Exception {
        Path ready = parent.resolve("ready");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectOutput(ready.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            while (!Files.readString(ready).endsWith("\n") && other.isAlive()) {
                Thread.sleep(20);
            }
            Path held = Path.of(Files.readString(ready).strip());
            ScratchFolder.in(parent).close();
            assertThat(held).isDirectory();

            other.destroyForcibly().waitFor();
            ScratchFolder.in(parent).close();
            assertThat(held).doesNotExist();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void followsNoLink() throws Exception {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "");
        Files.createSymbolicLink(parent.resolve("belay-test-run-2"), elsewhere);
        Files.createFile(parent.resolve("belay-test-run-2.lock"));

        ScratchFolder.in(parent).close();

        assertThat(elsewhere.resolve("precious")).exists();
    }

    private void leftover(String name) throws Exception {
        Files.writeString(Files.createDirectory(parent.resolve(name)).resolve("data"), "data");
        Files.createFile(parent.resolve(name + ".lock"));
    }

    /** Another run, until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(ScratchFolder.in(Path.of(arguments[0])).path());
            Thread.sleep(600_000);
        }
    }
}
