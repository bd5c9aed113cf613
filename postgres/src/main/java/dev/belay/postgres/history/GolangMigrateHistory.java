package dev.belay.postgres.history;

import dev.belay.engine.FailureMark;
import dev.belay.postgres.revision.HistoryEntry;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * golang-migrate's table (database/postgres/postgres.go): one row, the version that was reached last; all files up to it count
 * as applied.
 */
final class GolangMigrateHistory extends ToolHistory {
    /** database/util.go. */
    private static final long SALT = 1_486_364_155L;

    GolangMigrateHistory() {
        super("schema_migrations");
    }

    @Override
    public List<String> create() {
        return List.of("create table if not exists schema_migrations (version bigint not null primary key,"
                + " dirty boolean not null)");
    }

    @Override
    List<Row> rows(Connection connection, RevisionGraph graph) throws SQLException {
        List<Row> reached =
                read(connection, "select version, null::timestamptz, '', dirty from schema_migrations limit 1");
        if (reached.isEmpty()) {
            return List.of();
        }
        BigInteger last = new BigInteger(reached.get(0).version());
        List<Row> rows = new ArrayList<>();
        for (Revision revision : graph.inOrder()) {
            if (new BigInteger(revision.id()).compareTo(last) < 0) {
                rows.add(new Row(revision.id(), Instant.EPOCH));
            }
        }
        rows.addAll(reached);
        return rows;
    }

    /** Dirty is a version on the way up to it, and as well on the way down to it, where the one behind it may still be there. */
    @Override
    FailureMark mark(Row failed, List<String> applied, RevisionGraph graph) {
        String version = failed.version();
        List<List<String>> candidates = new ArrayList<>();
        candidates.add(applied);
        candidates.add(and(applied, version));
        graph.inOrder().stream()
                .filter(revision -> revision.parents().contains(version) && revision.reversible())
                .forEach(revision -> candidates.add(and(and(applied, version), revision.id())));
        return new FailureMark(
                "golang-migrate",
                version,
                candidates,
                false, // it keeps no checksums
                "migrate force " + version + ", or force the one before");
    }

    /** As {@code migrate force}. */
    @Override
    public List<String> settle(FailureMark mark, List<String> applied, RevisionGraph graph) {
        return reach(applied.isEmpty() ? Optional.empty() : Optional.of(applied.get(applied.size() - 1)));
    }

    @Override
    public List<String> record(List<Entry> entries, RevisionGraph graph) {
        return entries.isEmpty()
                ? List.of()
                : reach(Optional.of(entries.get(entries.size() - 1).revision().revision()));
    }

    @Override
    List<String> insert(Entry entry, Revision revision) {
        return reach(Optional.of(revision.id()));
    }

    @Override
    public List<String> forget(List<String> revisions, RevisionGraph graph) {
        if (revisions.isEmpty()) {
            return List.of();
        }
        String lowest = revisions.get(revisions.size() - 1);
        return reach(graph.get(lowest)
                .flatMap(revision -> revision.parents().stream().findFirst()));
    }

    @Override
    public List<String> stamp(HistoryEntry entry, RevisionGraph graph) {
        return reach(Optional.of(entry.revision()));
    }

    private static List<String> reach(Optional<String> version) {
        List<String> statements = new ArrayList<>();
        statements.add("truncate schema_migrations");
        version.ifPresent(reached ->
                statements.add("insert into schema_migrations (version, dirty) values (" + reached + ", false)"));
        return statements;
    }

    @Override
    public OptionalLong lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_schema(), pg_catalog.current_database()")) {
            row.next();
            CRC32 crc = new CRC32();
            crc.update(
                    (row.getString(1) + "\0schema_migrations\0" + row.getString(2)).getBytes(StandardCharsets.UTF_8));
            return OptionalLong.of((crc.getValue() * SALT) & 0xffff_ffffL);
        }
    }
}
