package dev.belay.postgres.validation;

import dev.belay.database.SchemaDifference;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.util.List;
import java.util.function.Supplier;

/** Finds where a schema has drifted from a snapshot. */
record SchemaIsEqual(Supplier<SchemaSnapshot> expected, String where) implements Validator {
    @Override
    public String name() {
        return "Schema.isEqualTo";
    }

    @Override
    public List<Finding> validate(ValidationContext context) {
        return expected.get().differencesTo(SchemaSnapshot.of(context.connection())).stream()
                .map(this::finding)
                .toList();
    }

    private Finding finding(SchemaDifference difference) {
        String message = difference.toString();
        String wayOut = "Bring it back, or take the snapshot " + where + " anew if it is right so.";
        return difference.isColumnOrder()
                ? Finding.minor(name(), message, wayOut)
                : Finding.critical(name(), message, wayOut);
    }
}
