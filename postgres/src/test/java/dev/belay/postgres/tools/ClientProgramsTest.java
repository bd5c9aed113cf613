package dev.belay.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the installed programs is taken, by what each says of itself. */
class ClientProgramsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void needsAShell() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }

    @ParameterizedTest
    @CsvSource({
        "pg_dump (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1), 15.13, 15",
        "pg_dump (PostgreSQL) 17.2, 17.2, 17",
        "pg_dump (PostgreSQL) 18beta1, 18beta1, 18",
        "pg_dump (PostgreSQL) 19devel, 19devel, 19",
        "pg_dump (PostgreSQL) 9.6.24, 9.6.24, 9"
    })
    void readsTheVersion(String said, String version, int major) throws IOException {
        Path folder = program("one", "pg_dump", said);
        ClientProgram found = ClientPrograms.in(List.of(folder)).find("pg_dump", major);
        assertThat(found).isEqualTo(new ClientProgram("pg_dump", folder.resolve("pg_dump"), version, major));
    }

    @Test
    void takesTheOldestThatIsNewEnough() throws IOException {
        ClientPrograms programs = ClientPrograms.in(List.of(
                program("18", "pg_dump", "pg_dump (PostgreSQL) 18.1"),
                program("14", "pg_dump", "pg_dump (PostgreSQL) 14.20"),
                program("16", "pg_dump", "pg_dump (PostgreSQL) 16.4")));
        assertThat(programs.find("pg_dump", 15).major()).isEqualTo(16);
        assertThat(programs.find("pg_dump", 14).major()).isEqualTo(14);
        assertThat(programs.find("pg_dump", 17).major()).isEqualTo(18);
    }

    @Test
    void takesTheFirstFolderOfTwoWithTheSameVersion() throws IOException {
        Path first = program("first", "pg_dump", "pg_dump (PostgreSQL) 16.1");
        Path second = program("second", "pg_dump", "pg_dump (PostgreSQL) 16.4");
        assertThat(ClientPrograms.in(List.of(first, second)).find("pg_dump", 16).path())
                .isEqualTo(first.resolve("pg_dump"));
    }

    @Test
    void refusesOneThatIsTooOldAndNamesIt() throws IOException {
        Path folder = program("old", "pg_dump", "pg_dump (PostgreSQL) 14.9");
        assertThatThrownBy(() -> ClientPrograms.in(List.of(folder)).find("pg_dump", 15))
                .isInstanceOf(ClientProgramMissingException.class)
                .hasMessageContaining("pg_dump 14.9")
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("version 15")
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("Install pg_dump 15 or newer");
    }

    @Test
    void passesOverWhatIsNoPostgresqlProgram() throws IOException {
        Path folder = program("other", "pg_dump", "something else 99.9");
        assertThatThrownBy(() -> ClientPrograms.in(List.of(folder)).find("pg_dump", 15))
                .isInstanceOf(ClientProgramMissingException.class)
                .hasMessageContaining("was not found");
    }

    @Test
    void findsTheOthersBesideTheOneThatWasGiven() throws IOException {
        Path folder = program("given", "pg_dump", "pg_dump (PostgreSQL) 15.1");
        program("given", "pg_restore", "pg_restore (PostgreSQL) 15.1");
        ClientPrograms programs = ClientPrograms.at(folder.resolve("pg_dump"));
        assertThat(programs.find("pg_dump", 15).path()).isEqualTo(folder.resolve("pg_dump"));
        assertThat(programs.find("pg_restore", 15).path()).isEqualTo(folder.resolve("pg_restore"));
        assertThat(ClientPrograms.at(folder).find("pg_restore", 15).path()).isEqualTo(folder.resolve("pg_restore"));
    }

    /** A program that says its version and does nothing else. */
    private Path program(String folder, String name, String says) throws IOException {
        Path file = Files.createDirectories(directory.resolve(folder)).resolve(name);
        Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.getParent();
    }
}
