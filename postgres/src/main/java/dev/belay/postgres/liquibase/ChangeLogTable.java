package dev.belay.postgres.liquibase;

import dev.belay.postgres.revision.TableNames;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Liquibase's history, read without Liquibase. */
final class ChangeLogTable {
    private ChangeLogTable() {}

    static Set<String> names(Connection connection) throws SQLException {
        return TableNames.of(connection, "databasechangelog", "databasechangeloglock");
    }

    /** In the order in which they were executed. */
    static List<String> applied(Connection connection, RevisionGraph graph) throws SQLException {
        List<String> applied = new ArrayList<>();
        if (names(connection).isEmpty()) {
            return applied;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select filename, id, author, md5sum from databasechangelog order by orderexecuted, dateexecuted")) {
            while (row.next()) {
                String id = Changelog.id(row.getString(1), row.getString(2), row.getString(3));
                if (!isToBeRunAgain(graph, id, String.valueOf(row.getString(4))) && !applied.contains(id)) {
                    applied.add(id);
                }
            }
        }
        return applied;
    }

    private static boolean isToBeRunAgain(RevisionGraph graph, String id, String recorded) {
        return graph.get(id)
                .map(Revision::properties)
                .filter(properties -> properties.containsKey("checksum"))
                .filter(properties -> !recorded.equals(properties.get("checksum")))
                // what an older version of Liquibase computed can't be compared here; Liquibase does it when it runs
                .filter(properties -> recorded.startsWith("9:"))
                .isPresent();
    }
}
