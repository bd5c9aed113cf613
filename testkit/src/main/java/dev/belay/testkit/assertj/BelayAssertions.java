package dev.belay.testkit.assertj;

import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.prove.RevisionProof;

/**
 * Assertions about schemas and revisions, for a static import beside AssertJ's own.
 *
 * <pre>{@code
 * assertThat(SchemaSnapshot.of(staging)).hasSameSchemaAs(SchemaSnapshot.of(production));
 * assertThat(SchemaSnapshot.of(database)).hasTable("public.users").hasColumn("public.users.age");
 * assertThatRevision("4f2a9c01").of(Revisions.onClasspath("db/revisions")).isReversible();
 * }</pre>
 *
 * @since 0.1
 */
public final class BelayAssertions {
    private BelayAssertions() {}

    /** About a schema. */
    public static SchemaAssert assertThat(SchemaSnapshot actual) {
        return new SchemaAssert(actual);
    }

    /** About what became of a revision when it was proven. */
    public static RevisionProofAssert assertThat(RevisionProof actual) {
        return new RevisionProofAssert(actual);
    }

    /**
     * About one revision, which is proven here and now. In a test of a class annotated with
     * {@link dev.belay.testkit.junit.ReversibleRevisions} it is one of those; elsewhere {@link RevisionAssert#of} names the revisions.
     *
     * @param id its id, or a prefix of it that fits no other
     */
    public static RevisionAssert assertThatRevision(String id) {
        return new RevisionAssert(id);
    }
}
