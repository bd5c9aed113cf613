package dev.belay.benchmarks;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.flywaydb.core.Flyway;

/** Who brings a database up to date when an application starts. */
enum Starter {
    BARE {
        @Override
        void start(Path work) throws Exception {
            BareCheck.of(new StartFiles(work).flyway()).migrate(target());
        }
    },
    BELAY {
        @Override
        void start(Path work) {
            belay(Revisions.in(new StartFiles(work).belay()));
        }
    },
    BELAY_WITH_FLYWAYS_LAYOUT {
        @Override
        void start(Path work) {
            belay(Layouts.in(new StartFiles(work).flyway(), Layouts.FLYWAY));
        }
    },
    FLYWAY {
        @Override
        void start(Path work) {
            Flyway.configure()
                    .dataSource("jdbc:postgresql://" + host() + "/" + database(), user(), "")
                    .locations("filesystem:" + new StartFiles(work).flyway())
                    .load()
                    .migrate();
        }
    },
    LIQUIBASE {
        @Override
        void start(Path work) throws Exception {
            LogManager.getLogManager().reset();
            try (Connection connection = target().connect();
                    DirectoryResourceAccessor files = new DirectoryResourceAccessor(new StartFiles(work).liquibase())) {
                Map<String, Object> scope =
                        Map.of(Scope.Attr.ui.name(), new LoggerUIService(), "liquibase.analytics.enabled", false);
                Scope.child(scope, () -> {
                    JdbcConnection its = new JdbcConnection(connection);
                    Liquibase liquibase = new Liquibase(
                            "master.xml", files, DatabaseFactory.getInstance().findCorrectDatabaseImplementation(its));
                    liquibase.update(new Contexts(), new LabelExpression());
                });
            }
        }
    };

    /** Brings the starter's own database up to date with the files. */
    abstract void start(Path work) throws Exception;

    void belay(RevisionSource revisions) {
        MigrationPlan.builder()
                .database(target())
                .revisions(revisions)
                .environment(Environment.DEVELOPMENT)
                .build()
                .upgrade();
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    String database() {
        return "belay_startup_" + name().toLowerCase(Locale.ROOT);
    }

    void makeDatabase() throws SQLException {
        dropDatabase();
        maintain("CREATE DATABASE " + database() + " TEMPLATE template0");
    }

    void dropDatabase() throws SQLException {
        maintain("DROP DATABASE IF EXISTS " + database() + " WITH (FORCE)");
    }

    private static void maintain(String sql) throws SQLException {
        try (Connection connection = PostgresDatabase.at("postgresql://" + user() + "@" + host() + "/postgres")
                        .connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    PostgresDatabase target() {
        return PostgresDatabase.at("postgresql://" + user() + "@" + host() + "/" + database());
    }

    static String user() {
        return System.getenv().getOrDefault("PGUSER", "postgres");
    }

    static String host() {
        Map<String, String> env = System.getenv();
        return env.getOrDefault("PGHOST", "127.0.0.1") + ":" + env.getOrDefault("PGPORT", "5432");
    }
}
