package dev.belay.postgres.lossless;

import dev.belay.postgres.lossless.Kept.Column;
import dev.belay.postgres.lossless.Kept.Mark;
import dev.belay.postgres.revision.FailedStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be given back, and what has become of its table until then.
 *
 * @param kept what the step took
 * @param seen whether {@code belay.seen_<id>} tells of each row what became of it since
 * @param othersQuiet nobody has written since to the other tables that the step wrote to
 * @param allQuiet nobody has written to its own table either, where the step wrote to that
 */
record Owed(Kept kept, boolean seen, boolean othersQuiet, boolean allQuiet) {
    /** Looks right before the step is undone; makes {@code belay.seen_<id>}. */
    static Owed look(Server server, Kept kept) throws FailedStatement {
        List<Mark> own = kept.ownMark().stream().toList();
        List<Mark> others =
                kept.marks().stream().filter(mark -> !own.contains(mark)).toList();
        boolean othersQuiet = Marks.unchanged(server, others);
        boolean allQuiet = othersQuiet && Marks.unchanged(server, own);
        boolean seen = false;
        if (kept.stayed() && !kept.whole()) {
            var now = Shape.of(server, kept.after());
            seen = now.isPresent()
                    && kept.telling().stream()
                            .allMatch(column -> now.get().named(column.after()).isPresent());
            if (seen) {
                server.execute(seenQuery(kept, now.get()));
            }
        }
        return new Owed(kept, seen, othersQuiet, allQuiet);
    }

    private static String seenQuery(Kept kept, Shape now) {
        List<String> inner = new ArrayList<>(List.of(kept.identAfter() + " as ident", Marks.rowHash() + " as hash"));
        List<String> outer = new ArrayList<>(
                List.of("k.ident", "t.ident is not null as there", "coalesce(t.hash = k.hash, false) as same"));
        for (Column column : kept.lost()) {
            if (!column.dropped()) {
                boolean there = now.named(column.after()).isPresent();
                if (there) {
                    inner.add(Kept.text("t." + column.after()) + " as c" + column.place());
                }
                outer.add((there ? "t.c" + column.place() + " is not distinct from k.a" + column.place() : "false")
                        + " as s" + column.place());
            }
        }
        return "create table " + kept.seen() + " as select " + String.join(", ", outer) + " from " + kept.rows()
                + " k left join (select " + String.join(", ", inner) + " from only " + kept.after()
                + " t) t on t.ident = k.ident";
    }

    /** Whether its table went on existing, but is not what it was. */
    boolean lostTrack() {
        return kept.stayed() && !kept.whole() && !seen;
    }

    void forget(Server server) throws FailedStatement {
        if (seen) {
            server.execute("drop table " + kept.seen());
        }
    }
}
