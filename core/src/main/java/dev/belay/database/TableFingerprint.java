package dev.belay.database;

/**
 * What a table held at one instant: its number of rows, and a hash over them that doesn't depend on their order.
 *
 * @param table the qualified name, quoted where needed
 * @param rows the number of rows
 * @param hash a decimal number; equal rows give an equal hash on any server of the same major version
 * @since 0.1
 */
public record TableFingerprint(String table, long rows, String hash) {}
