package dev.belay.revision;

import java.util.List;
import java.util.Map;

/** Revisions that were read already. */
record ReadRevisions(
        List<Revision> revisions, String layout, Map<String, String> settings, Map<String, Script> verifications)
        implements RevisionSource {
    @Override
    public List<Revision> load() {
        return revisions;
    }
}
