package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Validator;

/** Checks of tables. @since 0.1 */
public final class Tables {
    private Tables() {}

    /**
     * Every one of these tables exists; a view is not a table. Names are read as psql reads them: folded to lower case unless
     * quoted, and looked for in the {@code search_path} unless they name their schema. Takes no lock.
     *
     * @throws IllegalArgumentException when a name is blank or there twice
     */
    public static Validator exist(String first, String... others) {
        return new TablesExist(Names.checked("Tables.exist", first, others));
    }
}
