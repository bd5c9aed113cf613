package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.SqlLiteral;
import java.util.ArrayList;
import java.util.List;

/** The triggers of the tables' own, which must not fire for what is given back: they fired when it was first written. */
final class Triggers {
    private record Trigger(String table, String name, boolean always) {}

    private final Server server;
    private final List<Trigger> off;

    private Triggers(Server server, List<Trigger> off) {
        this.server = server;
        this.off = off;
    }

    static Triggers off(Server server, List<String> tables) throws FailedStatement {
        List<Trigger> found = new ArrayList<>();
        for (String table : tables) {
            found.addAll(server.list(
                    "select pg_catalog.quote_ident(tgname), tgenabled = 'A' from pg_catalog.pg_trigger where not tgisinternal"
                            + " and tgenabled in ('O', 'A') and tgrelid = " + SqlLiteral.text(table)
                            + "::pg_catalog.regclass order by tgname",
                    row -> new Trigger(table, row.getString(1), row.getBoolean(2))));
        }
        if (!found.isEmpty()) {
            server.execute("set constraints all immediate"); // a table with events to come can't be altered
        }
        for (Trigger trigger : found) {
            server.execute("alter table only " + trigger.table() + " disable trigger " + trigger.name());
        }
        return new Triggers(server, found);
    }

    void on() throws FailedStatement {
        for (Trigger trigger : off) {
            server.execute("alter table only " + trigger.table() + " enable " + (trigger.always() ? "always " : "")
                    + "trigger " + trigger.name());
        }
        if (off.isEmpty()) {
            return;
        }
        List<String> deferred = server.list(
                "select pg_catalog.format('%I.%I', n.nspname, c.conname) from pg_catalog.pg_constraint c"
                        + " join pg_catalog.pg_namespace n on n.oid = c.connamespace where c.condeferred",
                row -> row.getString(1));
        if (!deferred.isEmpty()) {
            server.execute("set constraints " + String.join(", ", deferred) + " deferred");
        }
    }
}
