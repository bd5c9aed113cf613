package dev.belay.postgres.sample;

import java.util.List;

/**
 * Which tables got rows, and which could not get any. Immutable.
 *
 * @param filled the tables that have new rows, sorted by name; partitions each for itself
 * @param unfilled the others, sorted by name
 * @since 0.1
 */
public record SampleReport(List<Filled> filled, List<Unfilled> unfilled) {
    /**
     * A table with new rows.
     *
     * @param table qualified, quoted where needed
     * @param rows how many were put in; fewer than asked for where unique keys leave no room for more
     */
    public record Filled(String table, int rows) {}

    /**
     * A table that could not be filled.
     *
     * @param table qualified, quoted where needed
     * @param reason why: what the server said to the last try, without values
     */
    public record Unfilled(String table, String reason) {
        /** A line for a person. */
        @Override
        public String toString() {
            return table + ": " + reason;
        }
    }

    /** Copies. */
    public SampleReport {
        filled = List.copyOf(filled);
        unfilled = List.copyOf(unfilled);
    }
}
