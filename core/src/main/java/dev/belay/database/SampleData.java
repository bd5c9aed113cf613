package dev.belay.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Makes up rows, for databases that are thrown away. Thread-safe. @since 0.1 */
@FunctionalInterface
public interface SampleData {
    /**
     * Puts a few rows into each table that has none, such as its columns, constraints and triggers allow.
     *
     * @param except tables that are left alone, qualified and quoted where needed: an engine's history
     * @param seed the same seed gives the same rows for the same schema
     * @return a line for each table that could not be filled, with the reason
     */
    List<String> fill(Database database, Set<String> except, long seed) throws SQLException;
}
