package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Validator;
import java.util.List;

/** Checks of foreign keys by their rows; the catalog is not believed. @since 0.1 */
public final class ForeignKeys {
    private ForeignKeys() {}

    /**
     * No foreign key of the database has orphans: every row that refers to another one finds it. That the catalog calls a key
     * valid proves nothing: rows that were written with triggers off, or restored so, are never looked at again.
     *
     * <p>Every key is checked by an anti-join, the biggest table first: composite ones, {@code MATCH FULL} and
     * {@code MATCH SIMPLE}, those marked {@code NOT VALID}, deferrable ones, of partitioned tables and of a table to itself.
     * It reads each referring table once, over several connections with one snapshot where nothing uncommitted has to be seen.
     * It must hold whatever is applied: it is asked again after a rollback.
     *
     * <p>Limitations: keys that are {@code NOT ENFORCED} are passed over; for a temporal key ({@code PERIOD}, PostgreSQL 18)
     * there is a minor finding that it was not checked.
     */
    public static Validator hold() {
        return new ForeignKeysHold("ForeignKeys.hold", List.of());
    }

    /**
     * The same as {@link #hold()} for the foreign keys of these tables alone. Names are read as psql reads them.
     *
     * @throws IllegalArgumentException when a name is blank or there twice
     */
    public static Validator holdOn(String first, String... others) {
        return new ForeignKeysHold("ForeignKeys.holdOn", Names.checked("ForeignKeys.holdOn", first, others));
    }
}
