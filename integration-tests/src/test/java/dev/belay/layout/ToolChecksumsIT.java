package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.revision.Revision;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checksums of a hundred and more files are those that the server computes of their bytes. */
class ToolChecksumsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final int FILES = 120;

    @TempDir
    Path directory;

    /** With and without a byte order mark, ends of lines of both kinds and none, and what is not ASCII. */
    private static byte[] content(int i) {
        String mark = i % 3 == 0 ? "\uFEFF" : "";
        String end = i % 2 == 0 ? "\n" : "\r\n";
        String last = i % 5 == 0 ? "" : i % 7 == 0 ? "\r" : end;
        String text = mark + "-- file " + i + " é ß 漢字 😀" + end.repeat(i % 4) + "SELECT " + "x".repeat(i * 97) + last;
        return (i == 11 ? "" : text).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void areThoseOfSqlx() throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.write(directory.resolve(i + "_x.sql"), content(i));
        }

        List<Revision> revisions = Layouts.in(directory, Layouts.SQLX).load();

        assertThat(checksums(revisions, "")).isEqualTo(asked("sha384", "\r", "\r"));
    }

    @Test
    void areThoseOfPrismaWithOtherEndsOfLinesToo() throws Exception {
        for (int i = 0; i < FILES; i++) {
            Path own = Files.createDirectory(directory.resolve(String.format("%03d_x", i)));
            Files.write(own.resolve("migration.sql"), content(i));
        }

        List<Revision> revisions = Layouts.in(directory, Layouts.PRISMA).load();

        assertThat(checksums(revisions, "")).isEqualTo(asked("sha256", "\r", "\r"));
        assertThat(checksums(revisions, ".lf")).isEqualTo(asked("sha256", "\r\n", "\n"));
        assertThat(checksums(revisions, ".crlf")).isEqualTo(asked("sha256", "\n", "\r\n"));
    }

    @Test
    void areThoseOfAtlas() throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.write(directory.resolve(String.format("%03d_x.sql", i)), content(i));
        }
        Checksums.writeAtlasSum(directory);

        List<Revision> revisions = Layouts.in(directory, Layouts.ATLAS).load();

        List<String> lines = Files.readAllLines(directory.resolve("atlas.sum"));
        assertThat(checksums(revisions, ""))
                .isEqualTo(lines.stream()
                        .skip(1)
                        .map(line -> line.replaceFirst(".* h1:", ""))
                        .toList());
    }

    private static List<String> checksums(List<Revision> revisions, String variant) {
        return revisions.stream()
                .map(revision -> String.valueOf(revision.properties().get(Layout.CHECKSUM + variant)))
                .toList();
    }

    private static List<String> asked(String function, String from, String to) throws SQLException {
        List<String> sums = new ArrayList<>();
        try (Connection connection = SERVER.connect("postgres");
                PreparedStatement statement =
                        connection.prepareStatement("SELECT encode(" + function + "(?), 'hex')")) {
            for (int i = 0; i < FILES; i++) {
                String text = new String(content(i), StandardCharsets.UTF_8);
                statement.setBytes(1, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    sums.add(row.getString(1));
                }
            }
        }
        return sums;
    }
}
