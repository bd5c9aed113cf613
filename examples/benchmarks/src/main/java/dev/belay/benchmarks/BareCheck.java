package dev.belay.benchmarks;

import dev.belay.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The least that a check at startup is: the files with their SHA-256, a lock, the history, and a comparison of the two. */
final class BareCheck {
    private final List<Path> files;

    private BareCheck(List<Path> files) {
        this.files = files;
    }

    static BareCheck of(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return new BareCheck(all.sorted().toList());
        }
    }

    void migrate(PostgresDatabase database) throws SQLException, IOException, NoSuchAlgorithmException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS history (file text PRIMARY KEY, sha256 text NOT NULL)");
            statement.execute("SELECT pg_advisory_lock(1)");
            Map<String, String> applied = new HashMap<>();
            try (ResultSet row = statement.executeQuery("SELECT file, sha256 FROM history")) {
                while (row.next()) {
                    applied.put(row.getString(1), row.getString(2));
                }
            }
            connection.setAutoCommit(false);
            for (Path file : files) {
                apply(connection, statement, file, applied);
            }
            if (applied.size() < files.size()) {
                connection.commit();
            }
        }
    }

    private static void apply(Connection connection, Statement statement, Path file, Map<String, String> applied)
            throws SQLException, IOException, NoSuchAlgorithmException {
        byte[] script = Files.readAllBytes(file);
        String name = String.valueOf(file.getFileName());
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
        String before = applied.get(name);
        if (before == null) {
            statement.execute(new String(script, java.nio.charset.StandardCharsets.UTF_8));
            try (PreparedStatement row = connection.prepareStatement("INSERT INTO history VALUES (?, ?)")) {
                row.setString(1, name);
                row.setString(2, sum);
                row.execute();
            }
        } else if (!before.equals(sum)) {
            throw new IllegalStateException(name + " was changed");
        }
    }
}
