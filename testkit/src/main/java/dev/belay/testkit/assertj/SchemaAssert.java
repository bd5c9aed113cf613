package dev.belay.testkit.assertj;

import dev.belay.database.SchemaDifference;
import dev.belay.postgres.schema.ObjectKind;
import dev.belay.postgres.schema.SchemaObject;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.testkit.assertj.internal.ReviewText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a schema. Names are as the server writes them: qualified, quoted where needed ({@code public.users},
 * {@code public.users.age}, {@code users_age_check on public.users}).
 *
 * @since 0.1
 */
public final class SchemaAssert extends AbstractAssert<SchemaAssert, SchemaSnapshot> {
    private static final int SHOWN = 10;

    SchemaAssert(SchemaSnapshot actual) {
        super(actual, SchemaAssert.class);
    }

    /** Nothing differs from the other one, but for the order of columns. */
    public SchemaAssert hasSameSchemaAs(SchemaSnapshot other) {
        return same(SchemaDifference.ignoringColumnOrder(differences(other)));
    }

    /** Nothing differs from the other one, to the order of columns. */
    public SchemaAssert hasSameSchemaAndColumnOrderAs(SchemaSnapshot other) {
        return same(differences(other));
    }

    /** A table of this name is there: {@code public.users}. */
    public SchemaAssert hasTable(String name) {
        return has(ObjectKind.TABLE, name);
    }

    /** No table of this name is there. */
    public SchemaAssert hasNoTable(String name) {
        return hasNo(ObjectKind.TABLE, name);
    }

    /** A column of this name is there: {@code public.users.age}. */
    public SchemaAssert hasColumn(String name) {
        return has(ObjectKind.COLUMN, name);
    }

    /** No column of this name is there. */
    public SchemaAssert hasNoColumn(String name) {
        return hasNo(ObjectKind.COLUMN, name);
    }

    /** An index of this name is there, other than that of a constraint: {@code public.users_name_idx}. */
    public SchemaAssert hasIndex(String name) {
        return has(ObjectKind.INDEX, name);
    }

    /** No index of this name is there. */
    public SchemaAssert hasNoIndex(String name) {
        return hasNo(ObjectKind.INDEX, name);
    }

    /** A constraint of this name is there: {@code users_age_check on public.users}. */
    public SchemaAssert hasConstraint(String name) {
        return has(ObjectKind.CONSTRAINT, name);
    }

    /** No constraint of this name is there. */
    public SchemaAssert hasNoConstraint(String name) {
        return hasNo(ObjectKind.CONSTRAINT, name);
    }

    /** An object of this kind and name is there. */
    public SchemaAssert has(ObjectKind kind, String name) {
        isNotNull();
        if (find(kind, name).isEmpty()) {
            throw failure(
                    "%s",
                    "Expected " + kind.label() + " " + name + " to be there, but it is not. " + others(kind, name));
        }
        return this;
    }

    /** No object of this kind and name is there. */
    public SchemaAssert hasNo(ObjectKind kind, String name) {
        isNotNull();
        find(kind, name).ifPresent(found -> {
            throw failure(
                    "%s", "Expected no " + kind.label() + " " + name + ", but it is there: " + found.attributes());
        });
        return this;
    }

    /** An object has this value of an attribute, as the snapshot's JSON shows it: {@code default} of a column is {@code 0}. */
    public SchemaAssert hasAttribute(ObjectKind kind, String name, String attribute, String value) {
        has(kind, name);
        Optional<String> is = find(kind, name).flatMap(object -> object.attribute(attribute));
        if (!is.equals(Optional.of(value))) {
            throw failureWithActualExpected(
                    is.orElse("(none)"),
                    value,
                    "%s",
                    "Expected " + kind.label() + " " + name + " to have the " + attribute + " " + value
                            + ", but it has "
                            + is.orElse("none") + ". Its attributes are "
                            + find(kind, name).map(SchemaObject::attributes).orElseThrow());
        }
        return this;
    }

    private Optional<SchemaObject> find(ObjectKind kind, String name) {
        return actual.find(Objects.requireNonNull(kind, "kind"), Objects.requireNonNull(name, "name"));
    }

    private List<SchemaDifference> differences(SchemaSnapshot other) {
        isNotNull();
        return Objects.requireNonNull(other, "other").differencesTo(actual);
    }

    private SchemaAssert same(List<SchemaDifference> differences) {
        if (!differences.isEmpty()) {
            throw failureWithActualExpected(
                    ReviewText.after(differences),
                    ReviewText.before(differences),
                    "%s",
                    "The schema is not the expected one; \"before\" is the expected, \"after\" the actual one."
                            + ReviewText.differences(differences));
        }
        return this;
    }

    /** What a person who mistyped a name would look for. */
    private String others(ObjectKind kind, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        List<String> all = actual.objects().stream()
                .filter(object -> object.kind() == kind)
                .map(SchemaObject::name)
                .toList();
        List<String> alike = all.stream().filter(other -> other.contains(last)).toList();
        if (!alike.isEmpty()) {
            return "There is " + alike.stream().limit(SHOWN).collect(Collectors.joining(", ")) + ".";
        }
        return all.isEmpty()
                ? "There is no " + kind.label() + " at all."
                : "There are " + all.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more." : ".");
    }
}
