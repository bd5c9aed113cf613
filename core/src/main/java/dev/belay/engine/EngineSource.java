package dev.belay.engine;

import dev.belay.database.Database;
import dev.belay.revision.RevisionSource;

/**
 * Revisions that only the tool they were written for can run.
 *
 * <p>A plan, and whatever else takes revisions, takes them too, and lets the tool run them. Thread-safe.
 *
 * @since 0.1
 */
public interface EngineSource extends RevisionSource {
    /** Itself: the tool reads its files whenever it runs. */
    @Override
    default RevisionSource read() {
        return this;
    }

    /**
     * The tool as an engine.
     *
     * @param home the database that is looked at where no other is named
     */
    MigrationEngine engine(Database home);
}
