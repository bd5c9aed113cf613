package dev.belay.postgres.alembic;

import dev.belay.postgres.revision.TableNames;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Alembic's table (runtime/migration.py): a row for each head that was reached; all below them is applied. */
final class VersionTable {
    private final String table;

    /** With its name as it is written in SQL. */
    VersionTable(String table) {
        this.table = table;
    }

    boolean exists(Connection connection) throws SQLException {
        return !names(connection).isEmpty();
    }

    /** As Alembic makes it; the key is named after the table alone. */
    String create() {
        String plain = table.substring(table.lastIndexOf('.') + 1).replace("\"", "");
        return "create table if not exists " + table + " (version_num varchar(32) not null, constraint \"" + plain
                + "_pkc\" primary key (version_num))";
    }

    Set<String> names(Connection connection) throws SQLException {
        return TableNames.of(connection, table);
    }

    /** The heads and all that they build on, in the graph's order; what the files don't know comes last. */
    List<String> applied(Connection connection, RevisionGraph graph) throws SQLException {
        if (!exists(connection)) {
            return List.of();
        }
        Set<String> applied = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version_num from " + table)) {
            while (row.next()) {
                applied.add(row.getString(1));
            }
        }
        Set<String> unknown = new LinkedHashSet<>(applied.stream().sorted().toList());
        List<String> ordered = new ArrayList<>();
        List<Revision> order = graph.inOrder();
        for (int i = order.size() - 1; i >= 0; i--) {
            Revision revision = order.get(i);
            if (applied.contains(revision.id())) {
                ordered.add(0, revision.id());
                applied.addAll(revision.parents());
                unknown.remove(revision.id());
            }
        }
        ordered.addAll(unknown);
        return ordered;
    }

    /** Makes these the rows. */
    void write(Connection connection, List<String> heads) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(create());
            statement.execute("delete from " + table);
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (?)")) {
            for (String head : heads) {
                insert.setString(1, head);
                insert.execute();
            }
        }
    }
}
