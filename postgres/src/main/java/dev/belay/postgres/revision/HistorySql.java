package dev.belay.postgres.revision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that write Belay's tables in schema {@code belay}, as text: the same ones are sent to the server and
 * written into a dry run's script.
 */
public final class HistorySql {
    private static final List<String> CREATE_PROGRESS = List.of(
            "create schema if not exists belay",
            """
            create table if not exists belay.progress (
                revision text primary key,
                direction text not null,
                statements_done integer not null,
                running integer not null,
                checksum text not null,
                run_id text not null,
                updated_at timestamptz not null
            )""",
            "comment on table belay.progress is 'The non-transactional revision that is under way, if any'");

    private static final List<String> CREATE_HISTORY =
            List.of("""
            create table if not exists belay.history (
                seq bigint generated always as identity primary key,
                revision text not null unique,
                parents text[] not null,
                description text not null,
                checksum text not null,
                file_sha256 text,
                downgrade text,
                downgrade_transactional boolean not null,
                irreversible_reason text,
                applied_at timestamptz not null,
                applied_by text not null,
                run_id text not null,
                execution_ms bigint not null,
                statements integer not null,
                stamped boolean not null
            )""", "comment on table belay.history is 'The revisions that Belay applied, in the order of seq'");

    private HistorySql() {}

    /** What makes the tables where they are not. */
    public static List<String> create() {
        List<String> statements = new ArrayList<>(createProgress());
        statements.addAll(CREATE_HISTORY);
        return statements;
    }

    /** What makes the table of non-transactional revisions that are under way. */
    public static List<String> createProgress() {
        return CREATE_PROGRESS;
    }

    /** Records revisions that were run, in this order. */
    public static String insert(List<String> rows) {
        return "insert into belay.history (revision, parents, description, checksum, file_sha256, downgrade, downgrade_transactional,"
                + " irreversible_reason, applied_at, applied_by, run_id, execution_ms, statements, stamped) values "
                + String.join(", ", rows);
    }

    /** A revision that was run, as a row for {@link #insert(List)}. */
    public static String row(HistoryEntry entry, String run, Duration took, int statements) {
        return row(entry, run, took.toMillis(), statements, false);
    }

    /** Records a revision without having run it. */
    public static String stamp(HistoryEntry entry) {
        return insert(List.of(row(entry, "stamp", 0, 0, true)))
                + " on conflict (revision) do update set parents = excluded.parents, description = excluded.description,"
                + " checksum = excluded.checksum, file_sha256 = excluded.file_sha256, downgrade = excluded.downgrade,"
                + " downgrade_transactional = excluded.downgrade_transactional,"
                + " irreversible_reason = excluded.irreversible_reason";
    }

    private static String row(HistoryEntry entry, String run, long millis, int statements, boolean stamped) {
        return "("
                + String.join(
                        ", ",
                        SqlLiteral.text(entry.revision()),
                        SqlLiteral.array(entry.parents()),
                        SqlLiteral.text(entry.description()),
                        SqlLiteral.text(entry.checksum()),
                        entry.fileSha256().map(SqlLiteral::text).orElse("null"),
                        entry.downgrade().map(SqlLiteral::text).orElse("null"),
                        String.valueOf(entry.downgradeTransactional()),
                        entry.irreversible().map(SqlLiteral::text).orElse("null"),
                        "pg_catalog.clock_timestamp()",
                        "session_user",
                        SqlLiteral.text(run),
                        String.valueOf(millis),
                        String.valueOf(statements),
                        String.valueOf(stamped))
                + ")";
    }

    /** Forgets revisions. */
    public static String delete(List<String> revisions) {
        return "delete from belay.history where revision "
                + (revisions.size() == 1
                        ? "= " + SqlLiteral.text(revisions.get(0))
                        : "= any (" + SqlLiteral.array(revisions) + ")");
    }

    /** Says that a non-transactional revision has come so far, and which statement is about to run (0: none). */
    public static String progress(
            String revision, String direction, int done, int running, String checksum, String run) {
        return "insert into belay.progress values (%s, %s, %d, %d, %s, %s, pg_catalog.clock_timestamp())"
                        .formatted(
                                SqlLiteral.text(revision),
                                SqlLiteral.text(direction),
                                done,
                                running,
                                SqlLiteral.text(checksum),
                                SqlLiteral.text(run))
                + " on conflict (revision) do update set direction = excluded.direction,"
                + " statements_done = excluded.statements_done, running = excluded.running, checksum = excluded.checksum,"
                + " run_id = excluded.run_id, updated_at = excluded.updated_at";
    }

    /** Says that a revision is no longer under way. */
    public static String endProgress(String revision) {
        return "delete from belay.progress where revision = " + SqlLiteral.text(revision);
    }
}
