package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.Place;
import dev.belay.postgres.sql.SqlStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks after a CREATE INDEX CONCURRENTLY: one that fails leaves an invalid index, which costs each write and helps no query. */
final class IndexBuild {
    private static final String INDEXES = """
            select pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname, i.indisvalid
            from pg_catalog.pg_index i
            join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where i.indrelid = pg_catalog.to_regclass(?)""";

    private record Found(String qualified, String name, boolean valid) {}

    private final ServerSession session;
    private final EngineContext context;
    private final String revision;
    private final String table;
    private final String name; // empty when the server chooses it
    private final Set<String> before = new HashSet<>();

    IndexBuild(ServerSession session, EngineContext context, String revision, SqlStatement statement) {
        this.session = session;
        this.context = context;
        this.revision = revision;
        this.table = statement.concurrentIndexTable().orElse("");
        this.name = statement.concurrentIndexName().orElse("");
    }

    static boolean isOne(SqlStatement statement) {
        return statement.concurrentIndexTable().isPresent();
    }

    /** Drops what an earlier try left behind; true when the index is there and valid. */
    boolean prepare() throws FailedStatement {
        boolean there = false;
        for (Found index : indexes()) {
            if (!name.isEmpty() && index.name.equals(name)) {
                if (index.valid) {
                    there = true;
                } else {
                    drop(index, "left from an earlier try");
                }
            } else {
                before.add(index.qualified);
            }
        }
        return there;
    }

    /** Drops the index when the build left it invalid; true when all is well. */
    boolean settle() throws FailedStatement {
        boolean valid = true;
        for (Found index : indexes()) {
            if (!index.valid && (name.isEmpty() ? !before.contains(index.qualified) : index.name.equals(name))) {
                drop(index, "left by this build");
                valid = false;
            }
        }
        return valid;
    }

    private void drop(Found index, String why) throws FailedStatement {
        context.note("Index " + index.qualified + " is invalid, " + why + ": it is dropped.");
        session.sender()
                .run(Place.own(
                        revision,
                        "dropping the invalid index " + index.qualified,
                        "drop index concurrently if exists " + index.qualified));
    }

    private List<Found> indexes() throws FailedStatement {
        List<Found> found = new ArrayList<>();
        try (PreparedStatement query = session.driver().prepareStatement(INDEXES)) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new Found(row.getString(1), row.getString(2), row.getBoolean(3)));
                }
            }
        } catch (SQLException e) {
            throw new FailedStatement(Place.own(revision, "looking at the indexes of " + table, ""), e);
        }
        return found;
    }
}
