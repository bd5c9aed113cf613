package dev.belay.strategies;

import dev.belay.revision.RevisionSource;
import dev.belay.testkit.contract.RevisionSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Needs no server. */
class NumberedFilesTest extends RevisionSourceContract {
    @TempDir
    Path files;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(files.resolve("0001_users.up.sql"), "CREATE TABLE users (id int);");
        Files.writeString(files.resolve("0001_users.down.sql"), "DROP TABLE users;");
        Files.writeString(files.resolve("0002_rooms.up.sql"), "CREATE TABLE rooms (id int);");
        Files.writeString(files.resolve("0002_rooms.down.sql"), "DROP TABLE rooms;");
    }

    @Override
    protected RevisionSource source() {
        return new NumberedFiles(files);
    }
}
