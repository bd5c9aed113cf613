package dev.belay.postgres.lossless;

import dev.belay.postgres.lossless.Kept.Column;
import dev.belay.postgres.lossless.Kept.Mark;
import dev.belay.postgres.revision.FailedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares a table with its image, after the step, and keeps what is no longer there: rows, and values of rows that stay. */
final class Losing {
    private final Server server;
    private final Image image;
    private final Optional<Look.Seen> now;
    private final List<Mark> marks;
    private final Look before;

    /** What a row of the comparison says of all rows. */
    private record Difference(long gone, long fresh, List<Boolean> differs) {}

    /**
     * @param now the table after the step; empty when it is gone
     * @param marks of the tables that got something by the step
     */
    Losing(Server server, Image image, Look before, Optional<Look.Seen> now, List<Mark> marks) {
        this.server = server;
        this.image = image;
        this.before = before;
        this.now = now;
        this.marks = marks;
    }

    /** What is kept, in a table of its own; empty when nothing is lost. The image is dropped. */
    Optional<Kept> keep() throws FailedStatement {
        Optional<Kept> kept = now.isPresent() ? rest(now.get()) : Optional.of(everything());
        server.execute("drop table " + image.rows());
        return kept.filter(some -> some.gone() || some.whole() || !some.lost().isEmpty());
    }

    private Kept everything() throws FailedStatement {
        List<Column> columns = columns(
                Map.of(),
                column -> image.before().key().isEmpty()
                        ? !column.generated()
                        : image.before().key().contains(column.number()));
        Kept kept = kept(columns, "", false, true);
        create(
                kept,
                "select " + identOfImage(kept) + " as ident, true as gone, null::pg_catalog.int8 as hash, i.* from "
                        + image.rows() + " i");
        return kept;
    }

    private Optional<Kept> rest(Look.Seen table) throws FailedStatement {
        Shape after = Shape.of(server, table.name()).orElseThrow();
        boolean sameTable = table.oid() == image.oid();
        Map<Integer, Shape.Column> later = image.before().columns().stream()
                .flatMap(column -> (sameTable ? after.numbered(column.number()) : after.named(column.name()))
                        .map(is -> Map.entry(column.number(), is)).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Integer> key = image.before().key();
        boolean keyed = !key.isEmpty() && later.keySet().containsAll(key);
        List<Column> columns = columns(
                later,
                column -> keyed
                        ? key.contains(column.number())
                        : later.containsKey(column.number()) && !column.generated());
        Kept all = kept(columns, table.name(), !keyed, true);
        Difference difference = compare(all);
        boolean retyped = columns.stream()
                .filter(Column::telling)
                .anyMatch(column -> Optional.ofNullable(later.get(column.place()))
                        .filter(is -> is.type().equals(column.type()))
                        .isEmpty());
        boolean moved =
                difference.fresh() > 0 && difference.gone() > 0 && unpaired(table, keyed, retyped, difference.gone());
        if (moved) {
            create(
                    all,
                    "select null::pg_catalog.text as ident, true as gone, null::pg_catalog.int8 as hash, i.* from "
                            + image.rows() + " i");
            List<Mark> own = marks.stream().anyMatch(mark -> mark.table().equals(table.name()))
                    ? marks
                    : Marks.of(server, List.of(table.name()));
            return Optional.of(new Kept(all.id(), all.table(), all.after(), true, all.ordinal(), columns, true, own));
        }
        return part(all, difference);
    }

    /** Rows were given other keys, or can't be told apart by one: which became which isn't known. */
    private boolean unpaired(Look.Seen table, boolean keyed, boolean retyped, long gone) {
        boolean rewritten =
                before.table(table.oid()).map(was -> was.file() != table.file()).orElse(true);
        return keyed
                ? retyped || before.updated(table) > 0 && gone > before.deleted(table)
                : before.updated(table) > 0 || rewritten;
    }

    private Optional<Kept> part(Kept all, Difference difference) throws FailedStatement {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < all.columns().size(); i++) {
            Column column = all.columns().get(i);
            boolean lost =
                    column.given() && (column.dropped() || difference.differs().get(i));
            columns.add(new Column(
                    column.place(),
                    column.name(),
                    column.type(),
                    column.after(),
                    lost,
                    column.telling(),
                    column.given()));
        }
        Kept kept = kept(columns, all.after(), all.ordinal(), difference.gone() > 0);
        if (!kept.gone() && kept.lost().isEmpty()) {
            return Optional.empty();
        }
        create(kept, partial(kept));
        return Optional.of(kept);
    }

    private String partial(Kept kept) {
        List<String> select = new ArrayList<>(List.of("i.ident", "t.ident is null as gone", "t.hash"));
        List<String> reasons = new ArrayList<>(List.of("t.ident is null"));
        for (Column column : kept.columns()) {
            String b = "i.b" + column.place();
            if (!column.lost()) {
                if (kept.gone()) {
                    select.add("case when t.ident is null then " + b + " end as b" + column.place());
                }
            } else if (column.dropped()) {
                select.add(b);
                reasons.add("true");
            } else {
                String differs = differs(column);
                select.add("case when t.ident is null or " + differs + " then " + b + " end as b" + column.place());
                select.add("case when " + differs + " then " + Kept.text("t.c" + column.place()) + " end as a"
                        + column.place());
                select.add(differs + " as d" + column.place());
                reasons.add(differs);
            }
        }
        return "select " + String.join(", ", select) + " from " + before(kept) + " left join " + after(kept)
                + " on t.ident = i.ident where " + String.join(" or ", reasons);
    }

    private Difference compare(Kept all) throws FailedStatement {
        List<String> select = new ArrayList<>(List.of(
                "pg_catalog.count(*) filter (where t.ident is null)",
                "pg_catalog.count(*) filter (where i.ident is null)"));
        for (Column column : all.columns()) {
            select.add(
                    column.dropped()
                            ? "true"
                            : "coalesce(pg_catalog.bool_or(" + differs(column)
                                    + ") filter (where i.ident is not null and t.ident is not null), false)");
        }
        String sql = "select " + String.join(", ", select) + " from " + before(all) + " full join " + after(all)
                + " on t.ident = i.ident";
        return server.one(sql, row -> {
            List<Boolean> differs = new ArrayList<>();
            for (int i = 0; i < all.columns().size(); i++) {
                differs.add(row.getBoolean(i + 3));
            }
            return new Difference(row.getLong(1), row.getLong(2), differs);
        });
    }

    private static String differs(Column column) {
        return Kept.text("i.b" + column.place()) + " is distinct from " + Kept.text("t.c" + column.place());
    }

    private String before(Kept kept) {
        return "(select " + identOfImage(kept) + " as ident, i.* from " + image.rows() + " i) i";
    }

    private static String after(Kept kept) {
        List<String> select = new ArrayList<>(List.of(kept.identAfter() + " as ident", Marks.rowHash() + " as hash"));
        kept.columns().stream()
                .filter(column -> !column.dropped())
                .forEach(column -> select.add("t." + column.after() + " as c" + column.place()));
        return "(select " + String.join(", ", select) + " from only " + kept.after() + " t) t";
    }

    private static String identOfImage(Kept kept) {
        return Kept.ident(
                kept.telling().stream().map(column -> "i.b" + column.place()).toList(), kept.ordinal());
    }

    private void create(Kept kept, String query) throws FailedStatement {
        server.execute("create table " + kept.rows() + " as " + query);
    }

    private Kept kept(List<Column> columns, String after, boolean ordinal, boolean gone) {
        boolean counts = ordinal || image.before().key().isEmpty();
        return new Kept(image.id(), image.before().table(), after, false, counts, columns, gone, marks);
    }

    private List<Column> columns(Map<Integer, Shape.Column> later, Function<Shape.Column, Boolean> telling) {
        return image.before().columns().stream()
                .map(column -> new Column(
                        column.number(),
                        column.name(),
                        column.type(),
                        Optional.ofNullable(later.get(column.number()))
                                .map(Shape.Column::name)
                                .orElse(""),
                        false,
                        telling.apply(column),
                        !column.generated()))
                .toList();
    }
}
