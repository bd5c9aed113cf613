package dev.belay.layout;

/** What revisions and sources of layout {@code flyway} carry besides, for who keeps the history. @since 0.1 */
public final class FlywayProperties {
    /** Of a revision: Flyway's word for what it is, {@code SQL} or {@code SQL_BASELINE}. */
    public static final String TYPE = "type";

    /** Of a revision: its version with dots; a repeatable one has none. */
    public static final String VERSION = "version";

    /** Of a revision: its file, seen from the directory. */
    public static final String SCRIPT = "script";

    /** Of a revision: Flyway's checksum, a number. */
    public static final String CHECKSUM = "checksum";

    /** Of a repeatable revision: the checksum before placeholders are replaced, which Flyway takes as well. */
    public static final String RAW_CHECKSUM = "checksum.raw";

    /** Before the name of another property: that of the undo script. */
    public static final String UNDO = "undo.";

    /** Of an undo script: its description. */
    public static final String DESCRIPTION = "description";

    /** Of a source: the name of the history table. */
    public static final String TABLE = "table";

    /** Of a source: the schema of the history table, where it isn't the connection's. */
    public static final String DEFAULT_SCHEMA = "defaultSchema";

    /** Of a source: the schemas that Flyway makes, separated by commas. */
    public static final String SCHEMAS = "schemas";

    /** Of a source: whether a version below one that is applied may be applied. */
    public static final String OUT_OF_ORDER = "outOfOrder";

    /** Of a source: who is written down; by default the session's user. */
    public static final String INSTALLED_BY = "installedBy";

    private FlywayProperties() {}
}
