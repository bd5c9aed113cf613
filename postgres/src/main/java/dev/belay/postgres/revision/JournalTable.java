package dev.belay.postgres.revision;

/** How {@code belay.journal} is read. */
public final class JournalTable {
    /** Whether it is there, as an expression. */
    public static final String EXISTS = "pg_catalog.to_regclass('belay.journal') is not null";

    /** Its entry, if there is one. */
    public static final String ENTRY = "select entry::text from belay.journal";

    private JournalTable() {}
}
