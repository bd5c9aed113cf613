package dev.belay.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options of every command; they may stand before or after it.
 *
 * <p>Defaults are not picocli's: an option that is not given must be told apart from one that is, so that the environment
 * can speak first (see {@link Settings}).
 */
final class GlobalOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            order = 100,
            description =
                    "The database: postgresql://user@host:port/db or jdbc:postgresql://host:port/db."
                            + " Default: $$DATABASE_URL. Passwords come from the URL, $$PGPASSWORD, $$POSTGRES_PASSWORD or ~/.pgpass.")
    @Nullable
    String url;

    @Option(
            names = "--user",
            paramLabel = "U",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "The role to connect as, with a URL that names none. Default: $$PGUSER.")
    @Nullable
    String user;

    @Option(
            names = "--revisions",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "The directory of revisions. Default: db/revisions.")
    @Nullable
    Path revisions;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 103,
            description = "How the directory is laid out: belay, flyway, liquibase, alembic, prisma, golang-migrate,"
                    + " diesel, dbmate, goose, sqitch, mybatis, node-pg-migrate, atlas, sqlx, auto. Default: auto.")
    @Nullable
    String layout;

    @Option(
            names = "--env",
            paramLabel = "E",
            scope = ScopeType.INHERIT,
            order = 104,
            description = "development, staging or production. Default: $$ENVIRONMENT, else production.")
    @Nullable
    String environment;

    @Option(
            names = "--backup-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 105,
            description = "Where backups go. Default: $$BACKUP_DIR, else backups.")
    @Nullable
    Path backupDirectory;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 106,
            description = "Where reports and the audit log go. Default: reports.")
    @Nullable
    Path reportDirectory;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            scope = ScopeType.INHERIT,
            order = 107,
            converter = Durations.class,
            description = "Of the whole run: seconds, or 30s, 5m, 2h. Default: 300.")
    @Nullable
    Duration timeout;

    @Option(
            names = "--lock-timeout",
            paramLabel = "D",
            scope = ScopeType.INHERIT,
            order = 108,
            converter = Durations.class,
            description = "Each wait of a statement for a lock. Default: 3s.")
    @Nullable
    Duration lockTimeout;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = 109,
            description = "One JSON document on standard output, and nothing else there.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 110,
            description = "Say more: the log, the whole report, stack traces. Twice: the log in detail.")
    boolean[] verbose = {};

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            order = 111,
            description = "Say less: no progress, no summary.")
    boolean quiet;

    int verbosity() {
        return quiet ? -1 : verbose.length;
    }
}
