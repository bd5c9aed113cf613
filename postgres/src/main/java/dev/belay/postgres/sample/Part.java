package dev.belay.postgres.sample;

import java.util.List;

/**
 * Columns of a table that are chosen together, as a foreign key or a check ties them, and what may be put into them.
 *
 * @param columns their names
 * @param choices as SQL, each with one value for each column; none where parents don't agree
 */
record Part(List<String> columns, List<List<String>> choices) {
    Part {
        columns = List.copyOf(columns);
        choices = List.copyOf(choices);
    }
}
