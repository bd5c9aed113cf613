package dev.belay.postgres.backup;

import dev.belay.backup.ProofLevel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old backups, but never the last one that is known to be good.
 *
 * <p>How old one is, is counted back from the newest, which has the server's time as all have: a clock of this machine that is
 * ahead makes no backup old. One that is behind keeps them longer.
 */
record Retention(BackupFolder folder, Duration age) {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    List<String> apply(String database, Set<String> keep) {
        List<Sidecar> newestFirst = folder.list(database);
        String best = best(newestFirst);
        Instant limit = latest(newestFirst).minus(age);
        List<String> removed = new ArrayList<>();
        for (Sidecar sidecar : newestFirst) {
            boolean named = keep.contains(sidecar.id())
                    || keep.contains(folder.dataOf(sidecar).toString());
            if (sidecar.takenAt().isBefore(limit) && !named && !sidecar.id().equals(best)) {
                try {
                    folder.remove(sidecar);
                    removed.add(sidecar.id());
                } catch (IOException e) {
                    LOG.warn("The backup {} is too old and could not be removed", folder.dataOf(sidecar), e);
                }
            }
        }
        return removed;
    }

    private static Instant latest(List<Sidecar> newestFirst) {
        Instant now = Instant.now();
        return newestFirst.stream()
                .map(Sidecar::takenAt)
                .findFirst()
                .filter(now::isAfter)
                .orElse(now);
    }

    /** The newest that was restored; where none was, the newest that was read; else the newest. */
    private static String best(List<Sidecar> newestFirst) {
        for (ProofLevel level : List.of(ProofLevel.RESTORED, ProofLevel.LISTED, ProofLevel.NONE)) {
            for (Sidecar sidecar : newestFirst) {
                if (sidecar.proof().atLeast(level)) {
                    return sidecar.id();
                }
            }
        }
        return "";
    }
}
