package dev.belay.prove;

import java.util.Locale;

/** Whether a downgrade brings the schema back. @since 0.1 */
public enum SchemaRestored {
    /** It does. */
    YES,
    /** Something else is there than before, or the downgrade did not run. */
    NO,
    /** It does, but a table's columns come in another order. */
    COLUMN_ORDER_ONLY;

    /** As in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
