package dev.belay.revision;

import java.util.List;

/** Revisions that were read already. */
record ReadRevisions(List<Revision> revisions, String layout) implements RevisionSource {
    @Override
    public List<Revision> load() {
        return revisions;
    }
}
