package dev.belay.postgres.lossless;

import dev.belay.postgres.lossless.Kept.Mark;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.SqlLiteral;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Hashes of whole tables, to learn later whether anyone has written to them. */
final class Marks {
    /** Of larger tables none is taken; they count as written to. */
    private static final long MOST_BYTES = 1L << 28;

    private static final String UNKNOWN = "?";

    private Marks() {}

    static List<Mark> of(Server server, Collection<String> tables) throws FailedStatement {
        List<Mark> marks = new ArrayList<>();
        for (String table : tables) {
            marks.add(new Mark(table, hash(server, table)));
        }
        return marks;
    }

    private static String hash(Server server, String table) throws FailedStatement {
        boolean small = server.yes("select coalesce(pg_catalog.pg_table_size(pg_catalog.to_regclass("
                + SqlLiteral.text(table) + ")), " + Long.MAX_VALUE + ") <= " + MOST_BYTES);
        if (!small) {
            return UNKNOWN;
        }
        return server.one(
                "select pg_catalog.count(*) || ':' || coalesce(pg_catalog.sum(" + rowHash() + "), 0) from only " + table
                        + " t",
                row -> row.getString(1));
    }

    /** Of a whole row under the alias {@code t}. */
    static String rowHash() {
        return "pg_catalog.hashtextextended(cast(t.* as pg_catalog.text) collate pg_catalog.\"C\", 0)";
    }

    /** Whether all of these tables are as they were. */
    static boolean unchanged(Server server, List<Mark> marks) throws FailedStatement {
        for (Mark mark : marks) {
            if (mark.hash().equals(UNKNOWN) || !mark.hash().equals(hash(server, mark.table()))) {
                return false;
            }
        }
        return true;
    }
}
