package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Revisions;
import java.nio.file.Path;
import java.util.List;

/** Changes that give back what they destroyed. */
public final class Lossless {
    private Lossless() {}

    /** A plan that keeps what its revisions destroy. */
    public static MigrationPlan plan(String url, Path directory) {
        // tag::lossless[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Revisions.onClasspath("db/revisions"))
                .backup(PgDump.into(directory))
                .lossless()
                .build();
        // end::lossless[]
        return plan;
    }

    /** Are the rows the same after up and down? */
    public static List<RevisionProof> prove(String url) {
        // tag::prove[]
        List<RevisionProof> proofs = Prover.of(Revisions.onClasspath("db/revisions"), PostgresDatabase.at(url))
                .lossless()
                .prove();
        // end::prove[]
        return proofs;
    }
}
