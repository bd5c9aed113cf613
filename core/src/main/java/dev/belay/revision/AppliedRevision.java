package dev.belay.revision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A revision as the database's history records it; its file may be gone.
 *
 * @param id its id
 * @param parents its parents' ids when it was applied
 * @param description its description
 * @param checksum what the history keeps to tell whether the file was changed since, in Belay's own layout the checksum over the tokens of
 *     the upgrade and the file's SHA-256; empty if there was nothing to compute it from
 * @param appliedAt when it was applied or stamped
 * @param stamped recorded without having been run
 * @since 0.1
 */
public record AppliedRevision(
        String id, List<String> parents, String description, String checksum, Instant appliedAt, boolean stamped) {
    public AppliedRevision {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(checksum, "checksum");
        Objects.requireNonNull(appliedAt, "appliedAt");
        parents = List.copyOf(parents);
    }
}
