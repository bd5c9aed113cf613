package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.flyway.FlywayEngine;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.Target;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway itself runs the migrations, in SQL and in Java, in the stages of a plan. */
class FlywayEngineIT {
    @TempDir
    Path parent;

    private final List<String> databases = Collections.synchronizedList(new ArrayList<>());
    private String name;
    private FlywayDirectory flyway;

    /** A migration in Java. */
    private record InJava(String version, String sql) implements JavaMigration {
        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion(version);
        }

        @Override
        public String getDescription() {
            return "in Java";
        }

        @Override
        public Integer getChecksum() {
            return sql.hashCode();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public void migrate(Context context) throws SQLException {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Notes where migrations run. */
    private final class Noting extends BaseCallback {
        @Override
        public boolean supports(Event event, org.flywaydb.core.api.callback.Context context) {
            return event == Event.AFTER_EACH_MIGRATE;
        }

        @Override
        public void handle(Event event, org.flywaydb.core.api.callback.Context context) {
            try {
                databases.add(context.getConnection().getCatalog());
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }

    @BeforeEach
    void create() throws Exception {
        name = FlywayDirectory.SERVER.createUniqueDatabase("engine");
        flyway = new FlywayDirectory(parent.resolve("migrations"), name);
        flyway.file(
                        "V1__patients.sql",
                        "CREATE TABLE patients (id bigint PRIMARY KEY, name text); INSERT INTO patients VALUES (1, 'Ann');")
                .file("R__views.sql", "CREATE OR REPLACE VIEW all_patients AS SELECT * FROM patients;");
        flyway.flyway().migrate();
    }

    @AfterEach
    void drop() {
        FlywayDirectory.SERVER.dropDatabase(name);
    }

    private MigrationPlan plan(InJava... migrations) {
        FluentConfiguration configuration =
                flyway.configuration().javaMigrations(migrations).callbacks(new Noting());
        return MigrationPlan.builder()
                .database(flyway.database())
                .engine(FlywayEngine.of(configuration))
                .environment(Environment.STAGING)
                .backup(PgDump.into(parent.resolve("backups")))
                .build();
    }

    @Test
    void runsMigrationsInJavaOnTheCopyAndThenOnTheDatabase() throws Exception {
        MigrationPlan plan = plan(new InJava("2", "ALTER TABLE patients ADD COLUMN phone text"));
        assertThat(plan.status().applied()).extracting(AppliedRevision::id).containsExactly("1", "R__views");
        assertThat(plan.status().pending()).extracting(Revision::id).containsExactly("2");

        MigrationReport report = plan.upgrade();

        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(databases).hasSize(2).last().isEqualTo(name);
        assertThat(databases.get(0)).isNotEqualTo(name);
        assertThat(flyway.rows(FlywayDirectory.ROWS)).last().asString().contains("|2|in Java|JDBC|");
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
    }

    @Test
    void leavesTheDatabaseAloneWhenAMigrationFailsOnTheCopy() throws Exception {
        MigrationPlan plan = plan(
                new InJava("2", "ALTER TABLE patients ADD COLUMN phone text"),
                new InJava("3", "INSERT INTO patients VALUES (1, 'secret')"));

        assertThatThrownBy(plan::upgrade)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("Flyway failed at revision 3")
                .hasMessageContaining("23505")
                .message()
                .doesNotContain("secret");
        assertThat(databases).doesNotContain(name);
        assertThat(flyway.rows(FlywayDirectory.ROWS)).hasSize(2);
        assertThat(flyway.rows("SELECT count(*) FROM information_schema.columns WHERE table_name = 'patients'"))
                .containsExactly("2");
    }

    /** What fails only in the real database is taken back by a restore, together with what Flyway had committed. */
    @Test
    void restoresWhatFlywayCommittedBeforeItFailed() throws Exception {
        String onlyHere =
                "DO $$ BEGIN IF current_database() = '" + name + "' THEN RAISE division_by_zero; END IF; END $$";
        MigrationPlan plan =
                plan(new InJava("2", "ALTER TABLE patients ADD COLUMN phone text"), new InJava("3", onlyHere));

        assertThatThrownBy(plan::upgrade)
                .isInstanceOfSatisfying(
                        MigrationFailedException.class,
                        failure -> assertThat(failure.report().outcome()).isEqualTo(Outcome.RESTORED));
        assertThat(flyway.rows(FlywayDirectory.ROWS)).hasSize(2);
        assertThat(flyway.rows("SELECT name FROM patients")).containsExactly("Ann");
        assertThat(flyway.rows("SELECT count(*) FROM information_schema.columns WHERE table_name = 'patients'"))
                .containsExactly("2");
    }

    @Test
    void goesToATargetAndRecordsWithoutRunning() throws Exception {
        InJava second = new InJava("2", "ALTER TABLE patients ADD COLUMN phone text");
        InJava third = new InJava("3", "ALTER TABLE patients ADD COLUMN mail text");
        assertThat(plan(second, third).upgrade(Target.of("2")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan(second, third).status().pending())
                .extracting(Revision::id)
                .containsExactly("3");

        plan(second, third).stamp(Target.of("3"));

        assertThat(plan(second, third).status().pending()).isEmpty();
        assertThat(flyway.rows("SELECT count(*) FROM information_schema.columns WHERE table_name = 'patients'"))
                .containsExactly("3");
    }
}
