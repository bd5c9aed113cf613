package dev.belay.prove;

import java.util.Locale;

/** Whether the rows are as before after an upgrade and its downgrade. @since 0.1 */
public enum RowsPreserved {
    /** They are. */
    YES,
    /** Some are gone, new or changed. */
    NO,
    /** There were none, or the downgrade did not run. */
    NOT_CHECKED;

    /** As in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
