package dev.belay.postgres.revision;

import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Supplier;

/** A history that the server can sum up in a row, and that one query reads. Stateless. */
public interface SummedHistory extends HistoryTable {
    /**
     * A query for a {@link HistorySummary}; its columns are the checksum, null where the table has what only its rows tell, and the
     * heads. The table is there.
     */
    String summarySql();

    /**
     * What the checksum of the summary is when all of these are applied, and nothing else is.
     *
     * @param checksums of each revision's file by its id, as {@link dev.belay.revision.RevisionSource#checksums()}
     */
    String summary(Map<String, String> checksums);

    /** A query for all rows; the table is there. */
    String rowsSql();

    /**
     * What the rows of {@link #rowsSql} say.
     *
     * @param connection the same, for what else there is to know of its session
     * @param graph the files, asked for only when the rows alone don't tell
     */
    Recorded recorded(ResultSet rows, Connection connection, Supplier<RevisionGraph> graph) throws SQLException;

    @Override
    default Recorded recorded(Connection connection, Supplier<RevisionGraph> graph) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(rowsSql())) {
            return recorded(rows, connection, graph);
        }
    }
}
