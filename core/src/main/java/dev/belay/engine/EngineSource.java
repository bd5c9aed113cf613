package dev.belay.engine;

import dev.belay.database.Database;
import dev.belay.revision.MalformedRevisionException;
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

    /**
     * The same revisions as SQL that the tool writes for them, for an import into Belay's own layout. Needs no database. By default there
     * is no such thing, and it is refused.
     *
     * @throws dev.belay.revision.MalformedRevisionException naming a revision of which the tool can't write the SQL without a database
     */
    default RevisionSource asSql() {
        throw new MalformedRevisionException(
                describe(),
                0,
                "its revisions are run by the tool alone, which writes no SQL of them. Nothing was written.");
    }
}
