package dev.belay.postgres.carryover;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that was written, or tables that were emptied. Names are qualified and quoted where needed, as the server does; values are
 * their text, an empty one is NULL.
 *
 * @param kind what happened
 * @param tables the table; several only for a TRUNCATE
 * @param before what tells the row from others, and perhaps more of it; empty where it isn't known or hasn't changed
 * @param after the row as it was written, without what didn't change where that is known; empty for a DELETE
 */
record Change(
        Kind kind, List<String> tables, Map<String, Optional<String>> before, Map<String, Optional<String>> after) {
    enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    String table() {
        return tables.get(0);
    }
}
