package dev.belay.testkit.fault;

import dev.belay.MigrationPlan;
import dev.belay.Status;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import dev.belay.database.TableFingerprint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a database is, as far as it is compared: the schema, the rows, the applied revisions. */
record State(SchemaPicture schema, List<TableFingerprint> rows, List<String> heads, Optional<String> unfinished) {
    static State of(Place place, MigrationPlan plan) throws SQLException {
        var database = place.postgres();
        Status status = plan.status();
        return new State(
                database.observations().schema(database),
                database.observations().rows(database, Quiet.LOOK),
                List.copyOf(new TreeSet<>(status.current())),
                status.unfinished());
    }

    /** In what another state differs from this one; empty when it doesn't. */
    List<String> differencesTo(State other) {
        List<String> differences = new ArrayList<>();
        List<SchemaDifference> schemas = SchemaDifference.ignoringColumnOrder(schema.differencesTo(other.schema));
        if (!schemas.isEmpty()) {
            differences.add("schema: " + SchemaDifference.join(schemas));
        }
        differences.addAll(rowDifferences(other.rows));
        if (!heads.equals(other.heads)) {
            differences.add("applied: " + other.heads + " instead of " + heads);
        }
        other.unfinished.ifPresent(revision -> differences.add("unfinished: " + revision));
        return differences;
    }

    private List<String> rowDifferences(List<TableFingerprint> others) {
        List<String> differences = new ArrayList<>();
        for (TableFingerprint table : rows) {
            if (!others.contains(table)) {
                differences.add("rows: not those of " + table.table() + " (" + table.rows() + " rows)");
            }
        }
        return differences;
    }
}
