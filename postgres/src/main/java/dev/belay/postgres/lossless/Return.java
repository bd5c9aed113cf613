package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.revision.SqlLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Gives back all that a step took, after its undoing; what can't be given stays where it is kept, and is told. */
final class Return {
    /** Data exceptions, integrity constraint violations, and names or types that aren't what they were. */
    private static final Set<String> CAN_BE_LEFT = Set.of("22", "23", "42");

    private final Server server;
    private final Store store;
    private final Consumer<String> notes;

    Return(Server server, Store store, Consumer<String> notes) {
        this.server = server;
        this.store = store;
        this.notes = notes;
    }

    /** What the undoing of the step did is between the two looks. */
    void give(List<Owed> all, Look before, Look after) throws FailedStatement {
        List<Owed> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            // one statement for all tables, so that rows that refer to each other need no order; each table once in it
            Map<String, Owed> batch = new LinkedHashMap<>();
            left.forEach(owed -> batch.putIfAbsent(owed.kept().table(), owed));
            left.removeAll(batch.values());
            attempt(List.copyOf(batch.values()), before, after);
        }
        for (Owed owed : all) {
            owed.forget(server);
        }
    }

    private void attempt(List<Owed> batch, Look before, Look after) throws FailedStatement {
        server.execute("savepoint belay_return");
        try {
            List<GivingBack> parts = new ArrayList<>();
            for (Owed owed : batch) {
                GivingBack.to(server, owed, before, after).ifPresentOrElse(parts::add, () -> {});
                if (parts.stream().noneMatch(part -> part.kept().equals(owed.kept()))) {
                    stays(owed.kept(), "the table, or the columns that tell its rows apart, are not there again");
                }
            }
            Triggers triggers = Triggers.off(
                    server, parts.stream().map(part -> part.kept().table()).toList());
            swap(parts);
            together(parts.stream().filter(part -> !part.kept().whole()).toList());
            triggers.on();
        } catch (FailedStatement failed) {
            if (failed.state().length() != 5
                    || !CAN_BE_LEFT.contains(failed.state().substring(0, 2))) {
                throw failed;
            }
            server.execute("rollback to savepoint belay_return");
            for (Owed owed : batch) {
                stays(
                        owed.kept(),
                        "the server refused it: "
                                + SafeError.describe(
                                        failed.error(), failed.place().sql()));
            }
        }
        server.execute("release savepoint belay_return");
    }

    private void swap(List<GivingBack> parts) throws FailedStatement {
        for (GivingBack part : parts) {
            if (part.kept().whole()) {
                Optional<Long> rows = part.swap(server);
                if (rows.isPresent()) {
                    given(part, rows.get());
                } else {
                    stays(
                            part.kept(),
                            "which row is which can't be told, and the table was written to since or others refer to it");
                }
            }
        }
    }

    private void together(List<GivingBack> parts) throws FailedStatement {
        List<String> withs = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            withs.add("u" + i + " as (" + parts.get(i).update().orElse("select 1 where false") + ")");
            withs.add("i" + i + " as (" + parts.get(i).insert().orElse("select 1 where false") + ")");
            counts.add("(select pg_catalog.count(*) from u" + i + "), (select pg_catalog.count(*) from i" + i + "), "
                    + (parts.get(i).insert().isPresent() ? parts.get(i).countMissing() : "0"));
        }
        if (parts.isEmpty()) {
            return;
        }
        List<Long> numbers =
                server.one("with " + String.join(", ", withs) + " select " + String.join(", ", counts), row -> {
                    List<Long> values = new ArrayList<>();
                    for (int i = 1; i <= parts.size() * 3; i++) {
                        values.add(row.getLong(i));
                    }
                    return values;
                });
        for (int i = 0; i < parts.size(); i++) {
            GivingBack part = parts.get(i);
            long inserted = numbers.get(3 * i + 1);
            long refused = numbers.get(3 * i + 2) - inserted;
            if (inserted > 0) {
                moveSequences(part.kept().table());
            }
            if (refused > 0) {
                stays(part.kept(), refused + " of its rows have unique values that others have now");
            } else if (!part.complete()) {
                stays(part.kept(), "columns of it are not there again, or of another type");
            } else {
                given(part, numbers.get(3 * i) + inserted);
            }
        }
    }

    private void given(GivingBack part, long rows) throws FailedStatement {
        store.drop(part.kept());
        notes.accept("Gave back what was taken from " + part.kept().table() + ": " + rows
                + (rows == 1 ? " row." : " rows."));
    }

    private void stays(Kept kept, String why) throws FailedStatement {
        store.outdate(kept);
        notes.accept("Not all that was taken from " + kept.table() + " could be given back: " + why
                + ". It is still in " + kept.rows() + ".");
    }

    /** The next number of a column is none that was given back. */
    private void moveSequences(String table) throws FailedStatement {
        String literal = SqlLiteral.text(table);
        record Owned(String column, String sequence) {}
        List<Owned> owned = server.list(
                "select * from (select pg_catalog.quote_ident(attname), pg_catalog.pg_get_serial_sequence(" + literal
                        + ", attname) as sequence from pg_catalog.pg_attribute where attrelid = " + literal
                        + "::pg_catalog.regclass and attnum > 0 and not attisdropped) x where sequence is not null",
                row -> new Owned(row.getString(1), row.getString(2)));
        for (Owned one : owned) {
            server.list(
                    "select pg_catalog.setval(" + SqlLiteral.text(one.sequence()) + ", x.largest)"
                            + " from (select pg_catalog.max(t." + one.column()
                            + ")::pg_catalog.int8 as largest from only "
                            + table + " t) x where x.largest >= (select last_value from " + one.sequence() + ")",
                    row -> row.getLong(1));
        }
    }
}
