package dev.belay.postgres.validation;

import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.validation.Validator;
import java.nio.file.Path;

/** Checks of the schema as a whole. @since 0.1 */
public final class Schema {
    private Schema() {}

    /**
     * The schema is that of a snapshot, for instance of the one that was taken where the same revisions were tried: whatever
     * was changed by hand is found. Another order of columns is a minor finding. Takes no lock.
     *
     * @param file what {@code belay snapshot --out FILE} or {@link SchemaSnapshot#write} wrote; read when the check runs
     */
    public static Validator isEqualTo(Path file) {
        return new SchemaIsEqual(() -> SchemaSnapshot.read(file), file.toString());
    }

    /** The same for a snapshot at hand. */
    public static Validator isEqualTo(SchemaSnapshot snapshot) {
        return new SchemaIsEqual(() -> snapshot, "the snapshot");
    }
}
