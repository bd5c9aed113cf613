package dev.belay.backup;

/** How far a backup was proven; each level includes the ones before. @since 0.1 */
public enum ProofLevel {
    /** Nothing is known of it but that it was written. */
    NONE,
    /** Complete and readable: its checksum is right and its table of contents could be read. */
    LISTED,
    /** It was restored into an empty database without an error. */
    RESTORED,
    /** It was restored, and every table's row count and fingerprint equals that of the snapshot it was taken from. */
    COMPARED;

    /** Whether this level includes the other. */
    public boolean atLeast(ProofLevel other) {
        return compareTo(other) >= 0;
    }
}
