package dev.belay.postgres.history;

import dev.belay.engine.FailureMark;
import dev.belay.layout.Layout;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Prisma's table (sql_migration_persistence.rs): a row for each attempt. Applied is what has an end and was not rolled back.
 * The row of a migration that is taken back goes: with one that is marked as rolled back, {@code prisma migrate deploy}
 * applies it again, and {@code prisma migrate status} says that nothing is pending.
 */
final class PrismaHistory extends ToolHistory {
    /** flavour/postgres. */
    private static final long LOCK = 72_707_369L;

    private static final String INSERT = "insert into _prisma_migrations (id, checksum, migration_name, logs,"
            + " started_at, finished_at, applied_steps_count) ";

    PrismaHistory() {
        super("_prisma_migrations");
    }

    @Override
    public List<String> create() {
        return List.of("""
                create table if not exists _prisma_migrations (
                    id varchar(36) primary key not null,
                    checksum varchar(64) not null,
                    finished_at timestamptz,
                    migration_name varchar(255) not null,
                    logs text,
                    rolled_back_at timestamptz,
                    started_at timestamptz not null default now(),
                    applied_steps_count integer not null default 0)""");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        return read(connection, """
                select migration_name, finished_at, checksum, finished_at is null from (
                    select distinct on (migration_name, finished_at is null) * from _prisma_migrations
                    where rolled_back_at is null
                    order by migration_name, finished_at is null, started_at desc) newest
                order by started_at, migration_name""");
    }

    @Override
    FailureMark mark(Row failed, List<String> applied, RevisionGraph graph) {
        return mark(
                "Prisma",
                failed,
                applied,
                graph,
                "prisma migrate resolve --rolled-back " + failed.version() + ", or --applied " + failed.version()
                        + " if all of it is there");
    }

    /** As {@code prisma migrate resolve}, with {@code --rolled-back} or {@code --applied}. */
    @Override
    public List<String> settle(FailureMark mark, List<String> applied, RevisionGraph graph) {
        List<String> statements = new ArrayList<>();
        statements.add("update _prisma_migrations set rolled_back_at = pg_catalog.statement_timestamp()"
                + " where finished_at is null and rolled_back_at is null and migration_name = "
                + SqlLiteral.text(mark.revision()));
        if (applied.contains(mark.revision())) {
            statements.add(resolved(graph.find(mark.revision())));
        }
        return statements;
    }

    /** Ends of lines don't count, and old versions of Prisma left out zeros. */
    @Override
    public boolean isChanged(AppliedRevision applied, Revision revision) {
        String recorded = applied.checksum();
        return Stream.of("", ".lf", ".crlf")
                .map(variant -> String.valueOf(revision.properties().get(Layout.CHECKSUM + variant)))
                .map(checksum -> recorded.length() == checksum.length() ? checksum : withoutZeros(checksum))
                .noneMatch(recorded::equals);
    }

    /** Each byte as a number without what stands before its first digit that counts. */
    private static String withoutZeros(String hex) {
        return hex.replaceAll("0(.)(?=(?:..)*$)", "$1");
    }

    /** One statement, so that all times are counted from one clock: Prisma reads its rows in the order of their beginnings. */
    @Override
    public List<String> record(List<Entry> entries, RevisionGraph graph) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<String> rows = new ArrayList<>();
        long before = 0;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            long took = Math.max(1, entry.took().toMillis());
            Revision revision = graph.find(entry.revision().revision());
            rows.add(0, "(" + values(revision) + ", " + (before + took) + ", " + before + ")");
            before += took;
        }
        return List.of(INSERT
                + "select id, checksum, name, null, clock.at - began * interval '1 ms', clock.at - ended * interval '1 ms', 1"
                + " from (values " + String.join(", ", rows) + ") migration (id, checksum, name, began, ended),"
                + " (select pg_catalog.clock_timestamp() as at) clock");
    }

    private static String values(Revision revision) {
        return SqlLiteral.text(UUID.randomUUID().toString()) + ", "
                + SqlLiteral.text(String.valueOf(revision.properties().get(Layout.CHECKSUM))) + ", "
                + SqlLiteral.text(revision.id());
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        throw new IllegalStateException("unreachable: rows are recorded together");
    }

    /** As {@code prisma migrate resolve --applied}. */
    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        Revision revision = graph.find(entry.revision());
        List<String> statements = new ArrayList<>(forget(List.of(revision.id()), graph));
        statements.add(resolved(revision));
        return statements;
    }

    private static String resolved(Revision revision) {
        return INSERT + "values (" + values(revision)
                + ", '', pg_catalog.statement_timestamp(), pg_catalog.statement_timestamp(), 0)";
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("delete from _prisma_migrations where finished_at is not null and rolled_back_at is null"
                        + " and migration_name = any (" + SqlLiteral.array(revisions) + ")");
    }

    @Override
    public OptionalLong lock(Connection connection) {
        return OptionalLong.of(LOCK);
    }
}
