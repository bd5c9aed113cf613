package dev.belay.revision;

import java.util.List;
import java.util.Objects;

/**
 * Builds a {@link Revision} written in Java: begun by {@link Revision#named}, ended by its downgrade.
 *
 * <p>A builder is not safe for use by several threads; what it builds is.
 *
 * @since 0.1
 */
public final class RevisionBuilder {
    private final String id;
    private final String description;
    private List<String> parents = List.of();
    private String origin = "Java";
    private boolean transactional = true;

    RevisionBuilder(String id, String description) {
        this.id = Objects.requireNonNull(id, "id");
        this.description = Objects.requireNonNull(description, "description");
    }

    /** Names the parents. The default is none: a first revision. */
    public RevisionBuilder after(String... parentIds) {
        this.parents = List.of(parentIds);
        return this;
    }

    /** Says where the revision is written, for messages. The default is {@code Java}. */
    public RevisionBuilder origin(String where) {
        this.origin = Objects.requireNonNull(where, "where");
        return this;
    }

    /** Runs the code of both directions outside a transaction. The default is inside one. */
    public RevisionBuilder noTransaction() {
        this.transactional = false;
        return this;
    }

    /** Sets the upgrade. */
    public Upgraded upgrade(JavaChange code) {
        return new Upgraded(this, new Change.Code(code, transactional));
    }

    /** Sets the upgrade to a change that says itself whether it is transactional. */
    public Upgraded upgrade(Change change) {
        return new Upgraded(this, change);
    }

    /**
     * A revision that lacks only its downgrade.
     *
     * @since 0.1
     */
    public static final class Upgraded {
        private final RevisionBuilder builder;
        private final Change upgrade;

        private Upgraded(RevisionBuilder builder, Change upgrade) {
            this.builder = builder;
            this.upgrade = Objects.requireNonNull(upgrade, "upgrade");
        }

        /**
         * Sets the downgrade and builds. A downgrade in Java can't be stored in the database: going down needs a build
         * that still has the revision.
         *
         * @throws MalformedRevisionException if the id or the parents are not as {@link Revision} says
         */
        public Revision downgrade(JavaChange code) {
            return downgrade(new Change.Code(code, builder.transactional));
        }

        /**
         * Sets the downgrade to a change that says itself whether it is transactional, and builds.
         *
         * @throws MalformedRevisionException if the id or the parents are not as {@link Revision} says
         */
        public Revision downgrade(Change change) {
            return new Revision(builder.id, builder.parents, builder.description, builder.origin, upgrade, change);
        }

        /**
         * Says that there is no downgrade, and why, and builds.
         *
         * @throws MalformedRevisionException if the id or the parents are not as {@link Revision} says
         */
        public Revision irreversible(String reason) {
            return downgrade(new Change.Irreversible(reason));
        }
    }
}
