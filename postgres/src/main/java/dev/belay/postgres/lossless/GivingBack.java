package dev.belay.postgres.lossless;

import dev.belay.postgres.lossless.Kept.Column;
import dev.belay.postgres.revision.FailedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that give back to one table what a step took from it, after the step was undone.
 *
 * <p>A row that nobody touched since the step gets what it was before. One that was written since keeps what was written, and
 * gets only values of which nothing shows that the undoing has made them from what was written.
 */
final class GivingBack {
    private final Owed owed;
    private final Kept kept;
    private final Shape now;
    private final boolean wrote;
    private final List<Column> usable = new ArrayList<>();
    private final List<String> constant;

    /**
     * @param wrote whether the undoing updated rows of the table
     * @param constant the columns that have the same value in each of several rows
     */
    private GivingBack(Owed owed, Shape now, boolean wrote, List<String> constant) {
        this.owed = owed;
        this.kept = owed.kept();
        this.now = now;
        this.wrote = wrote;
        this.constant = constant;
        for (Column column : kept.columns()) {
            now.named(column.name())
                    .filter(is -> column.given() && !is.generated() && is.type().equals(column.type()))
                    .ifPresent(is -> usable.add(column));
        }
    }

    /** Empty when the table, or what tells its rows apart, is not there again. */
    static Optional<GivingBack> to(Server server, Owed owed, Look before, Look after) throws FailedStatement {
        Optional<Shape> now = Shape.of(server, owed.kept().table());
        if (now.isEmpty()
                || owed.lostTrack()
                || !owed.kept().telling().stream()
                        .allMatch(column -> now.get().named(column.name()).isPresent())) {
            return Optional.empty();
        }
        boolean wrote = after.named(owed.kept().table())
                .map(table -> before.updated(table) > 0)
                .orElse(true);
        List<String> constant = new ArrayList<>();
        if (wrote) {
            for (Column column : owed.kept().lost()) {
                if (column.dropped()
                        && now.get().named(column.name()).isPresent()
                        && constant(server, owed.kept(), column)) {
                    constant.add(column.name());
                }
            }
        }
        return Optional.of(new GivingBack(owed, now.get(), wrote, constant));
    }

    private static boolean constant(Server server, Kept kept, Column column) throws FailedStatement {
        String value = Kept.text("t." + column.name());
        return server.yes("select pg_catalog.count(*) > 1 and pg_catalog.count(distinct " + value
                + ") + (case when pg_catalog.count(" + value
                + ") < pg_catalog.count(*) then 1 else 0 end) = 1 from only "
                + kept.table() + " t");
    }

    /** Whether every column of which something was taken is there again, of the type that it had. */
    boolean complete() {
        return usable.containsAll(
                kept.gone() ? kept.columns().stream().filter(Column::given).toList() : kept.lost());
    }

    Kept kept() {
        return kept;
    }

    /** What tells of a row what became of it until the undoing. */
    private String rows() {
        return kept.rows() + " k"
                + (owed.seen()
                        ? " left join " + kept.seen() + " n on n.ident = k.ident"
                        : " cross join (select false as there, false as same) n");
    }

    /** Changes rows that are there, if there is anything to change; returns a row for each. */
    Optional<String> update() {
        List<String> sets = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (Column column : usable) {
            boolean key = column.telling() && !kept.ordinal();
            boolean always = now.named(column.name()).map(Shape.Column::always).orElse(true);
            Optional<String> when = when(column);
            if (!key && !always && when.isPresent()) {
                sets.add(column.name() + " = case when " + when.get() + " then " + value(column) + " else t."
                        + column.name() + " end");
                reasons.add(when.get());
            }
        }
        if (sets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("update only " + kept.table() + " t set " + String.join(", ", sets) + " from " + rows()
                + " join " + place() + " on x.ident = k.ident where t.ctid = x.place and ("
                + String.join(" or ", reasons)
                + ") returning 1");
    }

    private String place() {
        return "(select t.ctid as place, " + kept.identBefore() + " as ident from only " + kept.table() + " t) x";
    }

    /** When a column of a row gets its value back. */
    private Optional<String> when(Column column) {
        List<String> cases = new ArrayList<>();
        if (column.lost()) {
            cases.add("(not k.gone and n.there and " + (column.dropped() ? dropped(column) : changed(column)) + ")");
        }
        if (kept.gone() && owed.allQuiet()) {
            cases.add("(k.gone and not coalesce(n.there, false))"); // the undoing brought the row back by itself
        }
        return cases.isEmpty() ? Optional.empty() : Optional.of("(" + String.join(" or ", cases) + ")");
    }

    private String dropped(Column column) {
        return !wrote || constant.contains(column.name()) ? "true" : untouched();
    }

    private String changed(Column column) {
        String asLeft = wrote ? Kept.text("t." + column.name()) + " is not distinct from k.a" + column.place() : "true";
        return "k.d" + column.place() + " and (" + untouched() + " or n.s" + column.place() + " and " + asLeft + ")";
    }

    private String untouched() {
        return owed.othersQuiet() ? "n.same" : "false";
    }

    private static String value(Column column) {
        return "cast(k.b" + column.place() + " as " + column.type() + ")";
    }

    /** Which rows are to be put back. */
    private String missing() {
        return " from " + rows() + " where k.gone and not coalesce(n.there, false)"
                + " and not exists (select from (select " + kept.identBefore() + " as ident from only " + kept.table()
                + " t) x where x.ident = k.ident)";
    }

    /** Puts rows back, if there are any to put back; returns a row for each. */
    Optional<String> insert() {
        return kept.gone()
                ? Optional.of(insertInto() + missing() + " on conflict do nothing returning 1")
                : Optional.empty();
    }

    String countMissing() {
        return "(select pg_catalog.count(*)" + missing() + ")";
    }

    private String insertInto() {
        return "insert into " + kept.table() + " ("
                + String.join(", ", usable.stream().map(Column::name).toList()) + ") overriding system value select "
                + String.join(", ", usable.stream().map(GivingBack::value).toList());
    }

    /** Puts the whole table back as it was, where nobody has written since and nothing refers to it; returns how many rows. */
    Optional<Long> swap(Server server) throws FailedStatement {
        boolean sameColumns = complete()
                && now.columns().stream()
                        .filter(column -> !column.generated())
                        .allMatch(column ->
                                usable.stream().anyMatch(one -> one.name().equals(column.name())));
        if (!owed.allQuiet()
                || !sameColumns
                || server.yes(
                        "select exists (select from pg_catalog.pg_constraint where contype = 'f' and confrelid = '"
                                + kept.table().replace("'", "''") + "'::pg_catalog.regclass)")) {
            return Optional.empty();
        }
        server.execute("delete from only " + kept.table());
        return Optional.of(server.execute(insertInto() + " from " + kept.rows() + " k"));
    }
}
