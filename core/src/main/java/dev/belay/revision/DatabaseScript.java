package dev.belay.revision;

import java.util.Map;

/**
 * A script whose text depends on the database that it runs in. Read as it is, the places for that stay as they are written.
 *
 * @since 0.1
 */
public interface DatabaseScript extends Script {
    /** The key of the session's user. */
    String USER = "user";

    /** The key of the database's name. */
    String DATABASE = "database";

    /** The key of the session's first schema. */
    String SCHEMA = "schema";

    /** The script for a database of which these facts are known, by the keys above. */
    Script in(Map<String, String> facts);
}
