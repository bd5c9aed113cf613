package dev.belay.prove.internal;

import dev.belay.database.SchemaDifference;
import dev.belay.database.TableFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what the tables held before with what they hold now, as far as both sides have them. */
final class RowDifferences {
    static final String KIND = "rows";
    static final String COUNT = "count";
    static final String CONTENTS = "contents";

    private RowDifferences() {}

    static List<SchemaDifference> between(List<TableFingerprint> before, List<TableFingerprint> after) {
        Map<String, TableFingerprint> now =
                after.stream().collect(Collectors.toMap(TableFingerprint::table, Function.identity()));
        List<SchemaDifference> found = new ArrayList<>();
        for (TableFingerprint was : before) {
            TableFingerprint is = now.get(was.table());
            if (is == null || is.equals(was)) {
                continue; // a table that is gone is a difference of the schema
            }
            boolean counts = is.rows() != was.rows();
            found.add(SchemaDifference.changed(
                    KIND,
                    was.table(),
                    counts ? COUNT : CONTENTS,
                    counts ? Optional.of(Long.toString(was.rows())) : Optional.empty(),
                    counts ? Optional.of(Long.toString(is.rows())) : Optional.empty()));
        }
        return found;
    }
}
