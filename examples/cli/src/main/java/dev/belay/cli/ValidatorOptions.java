package dev.belay.cli;

import dev.belay.postgres.validation.Constraints;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Heads;
import dev.belay.postgres.validation.Indexes;
import dev.belay.postgres.validation.Query;
import dev.belay.postgres.validation.Sequences;
import dev.belay.postgres.validation.Tables;
import dev.belay.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The checks that a call adds to those that are always made. */
final class ValidatorOptions {
    @Option(
            names = "--require-table",
            paramLabel = "T",
            order = 10,
            description = "This table must exist afterwards. May be repeated.")
    List<String> tables = new ArrayList<>();

    @Option(
            names = "--check",
            paramLabel = "SQL",
            order = 11,
            description = "This query must give true afterwards. May be repeated.")
    List<String> trueQueries = new ArrayList<>();

    @Option(
            names = "--check-empty",
            paramLabel = "SQL",
            order = 12,
            description = "This query must give no rows afterwards. May be repeated.")
    List<String> emptyQueries = new ArrayList<>();

    /**
     * What must hold after a change. Always: no foreign key has orphans, no index is invalid, the applied heads are those
     * that were asked for. Reported only: constraints that are not validated, for adding them so and validating them later
     * is how large tables get theirs; and sequences that are behind their columns.
     */
    Validator[] validators() {
        List<Validator> all = new ArrayList<>(List.of(
                Heads.areExpected(),
                ForeignKeys.hold(),
                Indexes.areValid(),
                Constraints.areValidated().minor(),
                Sequences.areAheadOfTheirColumns().minor()));
        tables.forEach(table -> all.add(Tables.exist(table)));
        trueQueries.forEach(sql -> all.add(Query.isTrue(sql)));
        emptyQueries.forEach(sql -> all.add(Query.isEmpty(sql)));
        return all.toArray(Validator[]::new);
    }
}
