package dev.belay.postgres.sample;

import dev.belay.postgres.sample.FillOrder.Step;
import dev.belay.postgres.sample.SampleReport.Filled;
import dev.belay.postgres.sample.SampleReport.Unfilled;
import dev.belay.postgres.sample.SampleTable.Column;
import dev.belay.postgres.sample.SampleTable.ForeignKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** One run through all tables of a database. */
final class Filling {
    private static final String SETTINGS = "SET LOCAL standard_conforming_strings = on; SET CONSTRAINTS ALL IMMEDIATE";

    /** So many values are at hand for each row, so that a key or a check finds another one. */
    private static final int VALUES_PER_ROW = 3;

    private static final int LEAST_VALUES = 20;

    private final Session session;
    private final Parents parents;
    private final Filter filter;
    private final Pools pools;
    private final long seed;
    private final int rows;
    private final Map<String, Integer> filled = new TreeMap<>();
    private final Map<String, String> unfilled = new TreeMap<>();
    /** The tables since a row was promised: they get their rows together, or none does. */
    private final List<String> together = new ArrayList<>();

    Filling(Connection connection, long seed, int rows) throws SQLException {
        this.session = new Session(connection);
        this.parents = new Parents(session);
        this.filter = new Filter(session);
        this.seed = seed;
        this.rows = rows;
        session.execute(SETTINGS);
        boolean unicode = session.literals("SHOW server_encoding").get(0).contains("'UTF8'");
        int size = Math.max(LEAST_VALUES, rows * VALUES_PER_ROW);
        this.pools = new Pools(new SampleTypes(connection), new Scalars(unicode), filter, size, seed);
    }

    SampleReport fill(List<SampleTable> tables) throws SQLException {
        List<Step> steps = FillOrder.of(tables);
        for (Step step : steps) {
            if (!step.promised().isEmpty() && parents.arePromisesKept()) {
                session.execute("SAVEPOINT belay_together; SET CONSTRAINTS ALL DEFERRED");
                together.clear();
            }
            boolean open = !step.promised().isEmpty() || !parents.arePromisesKept();
            together.add(step.table().name());
            fill(step, tables);
            if (open && parents.arePromisesKept()) {
                settle();
            }
        }
        new LateLinks(session, parents, rows).set(steps);
        return new SampleReport(
                filled.entrySet().stream()
                        .map(entry -> new Filled(entry.getKey(), entry.getValue()))
                        .toList(),
                unfilled.entrySet().stream()
                        .map(entry -> new Unfilled(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Now that all promised rows should be there: the server looks at them. */
    private void settle() throws SQLException {
        try {
            session.update("SET CONSTRAINTS ALL IMMEDIATE");
            session.execute("RELEASE SAVEPOINT belay_together");
        } catch (SQLException e) {
            if (session.isLost(e)) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT belay_together; RELEASE SAVEPOINT belay_together");
            String reason = Session.words(e, "");
            for (String table : together) {
                filled.remove(table);
                unfilled.putIfAbsent(table, "it and others refer to each other: " + reason);
            }
        }
    }

    private void fill(Step step, List<SampleTable> tables) throws SQLException {
        SampleTable table = step.table();
        Map<List<String>, List<List<String>>> promised = parents.redeem(table.into());
        Map<ForeignKey, List<List<String>>> references = new LinkedHashMap<>();
        promised.forEach((columns, choices) -> references.put(promise(table, columns), choices));
        for (ForeignKey key : table.foreignKeys()) {
            boolean itself = key.refersTo(table) && !step.late().contains(key);
            if (!itself) {
                references.put(key, choices(step, key, tables));
            }
        }
        Optional<ForeignKey> orphan = references.keySet().stream()
                .filter(key -> references.getOrDefault(key, List.of()).isEmpty() && !key.optionalIn(table))
                .findFirst();
        if (orphan.isPresent()) {
            unfilled.put(
                    table.name(),
                    "foreign key " + orphan.get().name() + " needs a row of "
                            + orphan.get().parent() + ", which has none");
            return;
        }
        Set<String> wanted = new HashSet<>();
        promised.keySet().forEach(wanted::addAll);
        List<Column> written = table.written(wanted);
        // the name, so that a table's rows don't depend on what other tables there are
        Random random = new Random(seed ^ table.name().hashCode());
        List<Part> parts = new Parts(table, written, pools, filter, rows * 2, random).choose(references);
        TableFill fill = new TableFill(session, table, written, parts, random);
        int count = fill.fill(rows);
        if (count > 0) {
            filled.put(table.name(), count);
        } else {
            unfilled.put(table.name(), fill.reason());
        }
    }

    private List<List<String>> choices(Step step, ForeignKey key, List<SampleTable> tables) throws SQLException {
        if (step.late().contains(key)) {
            return List.of();
        }
        if (!step.promised().contains(key)) {
            return parents.of(key);
        }
        Optional<SampleTable> parent = tables.stream().filter(key::refersTo).findFirst();
        return parent.isEmpty() ? List.of() : parents.promise(key, parent.get(), pools, rows);
    }

    /** As if the table referred to what it was promised to have. */
    private static ForeignKey promise(SampleTable table, List<String> columns) {
        return new ForeignKey("", columns, table.into(), table.into(), columns, true, false);
    }
}
