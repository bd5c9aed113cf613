package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.layout.ImportedRevisions;
import dev.belay.postgres.layout.RevisionImport;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import dev.belay.revision.Target;
import java.nio.file.Path;

/** Leaves another tool. */
public final class Imports {
    private Imports() {}

    /** Files of Belay's layout, made of a tool's. */
    public static ImportedRevisions files(Path project, Path revisions) {
        // tag::import[]
        RevisionSource old = Layouts.in(project.resolve("sql"), Layouts.FLYWAY);
        ImportedRevisions imported = RevisionImport.of(old).into(revisions);
        imported.notes().forEach(System.out::println);
        // end::import[]
        return imported;
    }

    /** A database with the tool's history, from then on with Belay's. */
    public static void adopt(String url, RevisionSource old, ImportedRevisions imported) {
        // tag::adopt[]
        PostgresDatabase database = PostgresDatabase.at(url);
        MigrationPlan before =
                MigrationPlan.builder().database(database).revisions(old).build();
        MigrationPlan after = MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.in(imported.directory()))
                .build();
        String at = before.status().current().get(0);
        after.stamp(Target.revision(imported.idOf(at).orElseThrow()));
        // end::adopt[]
    }
}
