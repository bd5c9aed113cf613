package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.database.SchemaDifference;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.postgres.validation.Schema;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Revisions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What the pages about schemas and proofs show. */
public final class Proving {
    private Proving() {}

    /** Is every revision reversible? */
    public static boolean allSound(String url, PrintStream out) {
        // tag::prove[]
        List<RevisionProof> proofs = Prover.of(Revisions.onClasspath("db/revisions"), PostgresDatabase.at(url))
                .listener(out::println)
                .prove();
        boolean sound = proofs.stream().allMatch(RevisionProof::isSound);
        // end::prove[]
        return sound;
    }

    /** What differs between two databases. */
    public static List<SchemaDifference> between(String staging, String production) {
        // tag::diff[]
        SchemaSnapshot expected = SchemaSnapshot.of(PostgresDatabase.at(staging));
        SchemaSnapshot actual = SchemaSnapshot.of(PostgresDatabase.at(production));
        List<SchemaDifference> drift = expected.differencesTo(actual);
        // end::diff[]
        return drift;
    }

    /** Keeps a snapshot where the revisions were tried. */
    public static void keep(String staging, Path file) throws IOException {
        // tag::snapshot[]
        SchemaSnapshot.of(PostgresDatabase.at(staging)).write(file);
        // end::snapshot[]
    }

    /** A plan whose upgrade is taken back when it leads to another schema than it did in staging. */
    public static MigrationPlan plan(String production, Path file) {
        // tag::drift[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(production))
                .revisions(Revisions.onClasspath("db/revisions"))
                .validate(Schema.isEqualTo(file))
                .build();
        // end::drift[]
        return plan;
    }
}
