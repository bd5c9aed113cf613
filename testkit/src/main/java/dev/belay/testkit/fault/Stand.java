package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A database and a directory that are put back to what they were, again and again. */
final class Stand implements AutoCloseable {
    private static final String NAME = "matrix";
    static final String TEMPLATE = "matrix_template";

    private final PostgresServer server;
    private final Path root;
    private final Place place;

    Stand(PostgresServer server) throws IOException {
        this.server = server;
        this.root = Files.createTempDirectory("belay-matrix-");
        this.place = new Place(
                server.host(),
                server.port(),
                NAME,
                server.user(),
                server.password(),
                Files.createDirectory(root.resolve("work")));
    }

    Place place() {
        return place;
    }

    Path output() {
        return root.resolve("output.txt");
    }

    /** What is there now is what is put back from now on. */
    void keep() throws SQLException, IOException {
        execute("ALTER DATABASE " + NAME + " RENAME TO " + TEMPLATE);
        copy(place.directory(), root.resolve("template"));
    }

    /** An empty database, before anything is kept. */
    void makeEmpty() throws SQLException {
        execute("CREATE DATABASE " + NAME + " TEMPLATE template0");
    }

    void putBack() throws SQLException, IOException {
        dropAllBut(TEMPLATE);
        execute("CREATE DATABASE " + NAME + " TEMPLATE " + TEMPLATE);
        delete(place.directory());
        copy(root.resolve("template"), place.directory());
    }

    private void dropAllBut(String one) throws SQLException {
        for (String name : names("datname LIKE '" + NAME + "%' AND datname <> '" + one + "'")) {
            server.dropDatabase(name);
        }
    }

    private List<String> names(String condition) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database WHERE " + condition)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        dropAllBut("");
        delete(root);
    }
}
