package dev.belay.postgres.sample;

import dev.belay.postgres.sample.FillOrder.Step;
import dev.belay.postgres.sample.SampleTable.ForeignKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sets the references that had to be NULL at first, where the server lets it; every third row stays without. */
final class LateLinks {
    private static final int WITHOUT = 3;

    private final Session session;
    private final Parents parents;
    private final int rows;

    LateLinks(Session session, Parents parents, int rows) {
        this.session = session;
        this.parents = parents;
        this.rows = rows;
    }

    void set(List<Step> steps) throws SQLException {
        for (Step step : steps) {
            for (ForeignKey key : step.late()) {
                set(step.table(), key);
            }
        }
    }

    private void set(SampleTable table, ForeignKey key) throws SQLException {
        List<List<String>> targets = parents.read(key);
        List<String> empty = new ArrayList<>();
        key.columns().forEach(column -> empty.add(column + " IS NULL"));
        List<List<String>> children = targets.isEmpty()
                ? List.of()
                : session.literals("SELECT ctid::text FROM ONLY " + table.name() + " WHERE "
                        + String.join(" OR ", empty) + " LIMIT " + rows);
        for (int i = 0; i < children.size(); i++) {
            if (i % WITHOUT != WITHOUT - 1) {
                link(table, key, children.get(i).get(0), targets.get(i % targets.size()));
            }
        }
    }

    /** A refused reference stays NULL, which the table allows. */
    private boolean link(SampleTable table, ForeignKey key, String row, List<String> target) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < target.size(); i++) {
            values.add(key.columns().get(i) + " = " + target.get(i));
        }
        try {
            session.update(
                    "UPDATE ONLY " + table.name() + " SET " + String.join(", ", values) + " WHERE ctid = " + row);
            return true;
        } catch (SQLException e) {
            if (session.isLost(e)) {
                throw e;
            }
            return false;
        }
    }
}
