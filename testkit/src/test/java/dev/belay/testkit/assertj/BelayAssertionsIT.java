package dev.belay.testkit.assertj;

import static dev.belay.testkit.assertj.BelayAssertions.assertThat;
import static dev.belay.testkit.assertj.BelayAssertions.assertThatRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.schema.ObjectKind;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.revision.Revisions;
import dev.belay.testkit.junit.FreshDatabase;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is asserted about schemas and revisions, and how it reads when it fails. */
@FreshDatabase("revisions/sound")
class BelayAssertionsIT {
    private static final Revisions SOUND = Revisions.onClasspath("revisions/sound");
    private static final Revisions FAULTY = Revisions.onClasspath("revisions/faulty");

    @Test
    void comparesSchemas(
            @FreshDatabase PostgresDatabase database, @FreshDatabase(at = "aaaa1111") PostgresDatabase older) {
        SchemaSnapshot schema = SchemaSnapshot.of(database);
        assertThat(schema).hasSameSchemaAs(SchemaSnapshot.of(database)).hasSameSchemaAndColumnOrderAs(schema);
        assertFails(() -> assertThat(schema).hasSameSchemaAs(SchemaSnapshot.of(older)))
                .hasMessageContaining("column public.users.age is there, and was not before");
    }

    @Test
    void looksForObjects(@FreshDatabase PostgresDatabase database) {
        SchemaSnapshot schema = SchemaSnapshot.of(database);
        assertThat(schema)
                .hasTable("public.users")
                .hasNoTable("public.pets")
                .hasColumn("public.users.age")
                .hasNoColumn("public.users.size")
                .hasConstraint("users_pkey on public.users")
                .hasNoConstraint("users_key on public.users")
                .hasNoIndex("public.users_age_idx")
                .hasAttribute(ObjectKind.COLUMN, "public.users.age", "default", "0");
        assertFails(() -> assertThat(schema).hasTable("users"))
                .hasMessageContaining("Expected table users to be there, but it is not. There is public.users.");
        assertFails(() -> assertThat(schema).hasIndex("public.users_age_idx"))
                .hasMessageContaining("There is no index at all.");
        assertFails(() -> assertThat(schema).hasNoTable("public.users")).hasMessageContaining("but it is there");
        assertFails(() -> assertThat(schema).hasAttribute(ObjectKind.COLUMN, "public.users.age", "default", "1"))
                .hasMessageContaining("to have the default 1, but it has 0");
    }

    @Test
    void provesARevision(@FreshDatabase PostgresDatabase database) {
        assertThatRevision("bbbb2222").of(SOUND).isReversible().isSound();
        assertFails(() -> assertThatRevision("bbbb").of(FAULTY).on(database).isReversible())
                .hasMessageContaining("The downgrade re-creates column public.users.age without its default 0.");
    }

    @Test
    void asksForTheRevisions() {
        assertThatThrownBy(() -> assertThatRevision("bbbb2222").isReversible())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Among which revisions is bbbb2222?", "@ReversibleRevisions");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable code) {
        return assertThatThrownBy(code).isInstanceOf(AssertionError.class);
    }
}
