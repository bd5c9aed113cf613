package dev.belay.postgres.revision;

import java.util.List;
import java.util.Optional;

/**
 * What is recorded about a revision.
 *
 * @param revision its id
 * @param parents its parents
 * @param description its description
 * @param checksum over the tokens of its upgrade; empty for Java code
 * @param fileSha256 of the file that it is in; empty for what is in none of Belay's layout
 * @param downgrade the text of its downgrade; empty for Java code, an irreversible revision and one that is too large
 * @param downgradeTransactional whether that runs in a transaction
 * @param irreversible why there is no downgrade
 */
public record HistoryEntry(
        String revision,
        List<String> parents,
        String description,
        String checksum,
        Optional<String> fileSha256,
        Optional<String> downgrade,
        boolean downgradeTransactional,
        Optional<String> irreversible) {
    /** Copies. */
    public HistoryEntry {
        parents = List.copyOf(parents);
    }
}
