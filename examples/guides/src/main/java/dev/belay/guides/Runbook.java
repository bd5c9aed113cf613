package dev.belay.guides;

import dev.belay.MigrationPlan;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.Constraints;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Health;
import dev.belay.postgres.validation.Indexes;
import dev.belay.postgres.validation.Rows;
import dev.belay.postgres.validation.Tables;
import dev.belay.report.MigrationReport;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Guide 004: a directory of Prisma, which has no way down but the restore; one migration has a {@code down.sql} beside. */
final class Runbook implements Guide {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Path project;

    Runbook(Path projects) {
        this.project = projects.resolve("004-runbook");
    }

    @Override
    public String title() {
        return "004: Prisma's migrations, and an application that is down after one without a way back";
    }

    @Override
    public Ending run(Practice practice) throws Exception {
        RevisionSource prisma = Layouts.in(project.resolve("prisma/migrations"), Layouts.PRISMA);
        practice.begin(prisma, "20260105090000_init", """
                INSERT INTO "User" (email) SELECT i || '@example.com' FROM generate_series(1, 1000) i;
                INSERT INTO "Appointment" ("userId", "startsAt") SELECT 1 + i % 1000, now() FROM generate_series(1, 4000) i
                """);
        try (Application application = Application.start()) {
            MigrationPlan plan = plan(practice, prisma, application.health());
            MigrationReport upgrade = plan.upgrade();
            application.isWell(false);
            MigrationReport failure = Guide.reportOf(plan(practice, next(practice), application.health())::upgrade);
            application.isWell(true);
            MigrationReport downgrade = plan.downgrade(Target.of("-1"));
            RollbackResult restore = Guide.restoreFirst(plan);
            return new Ending(upgrade, failure, downgrade, restore);
        }
    }

    private static MigrationPlan plan(Practice practice, RevisionSource revisions, URI health) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(practice.url()))
                .revisions(revisions)
                .backup(PgDump.into(practice.backups()))
                .statementTimeout(Duration.ofMinutes(10))
                .validate(
                        Tables.exist("\"User\"", "\"Appointment\""),
                        Rows.unchangedIn("\"User\"", "\"Appointment\""),
                        ForeignKeys.hold(),
                        Indexes.areValid(),
                        Constraints.areValidated(),
                        Health.answers(health, AT_ONCE, AT_ONCE))
                .build();
    }

    /** The directory as it is at the next release. */
    private RevisionSource next(Practice practice) throws IOException {
        Path release = practice.backups().resolveSibling("next");
        for (Path from : List.of(project.resolve("prisma/migrations"), project.resolve("next"))) {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = release.resolve(from.relativize(file).toString());
                    Files.createDirectories(to.resolve("..").normalize());
                    Files.copy(file, to);
                }
            }
        }
        return Layouts.in(release, Layouts.PRISMA);
    }
}
