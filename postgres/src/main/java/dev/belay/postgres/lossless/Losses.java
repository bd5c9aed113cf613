package dev.belay.postgres.lossless;

import dev.belay.engine.EngineContext;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.StatementSender;
import dev.belay.revision.Direction;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Around a step, in its transaction: keeps what it destroys, where the run asks for that, and gives back what the step that it
 * undoes destroyed.
 *
 * <p>Which tables a step takes something from is not read out of its statements: it is run, and the server's catalog and
 * counters are compared. If one of which there is no copy lost something, the step is taken back to its savepoint, the table
 * is copied, and the step runs again; after a test run the copies are taken at once. Not thread-safe.
 */
public final class Losses {
    private final Connection connection;
    private final StatementSender sender;
    private final EngineContext context;
    private final KnownLosers known;
    private final List<String> notes = new ArrayList<>();
    private Optional<Boolean> anything = Optional.empty();

    /** A step, or a part of it. */
    @FunctionalInterface
    public interface Work {
        /** Runs all of it, waits for its end, sets the session's settings as they were, and says how many statements it has. */
        int run() throws FailedStatement;
    }

    /** In this session. */
    public Losses(Connection connection, StatementSender sender, EngineContext context, KnownLosers known) {
        this.connection = connection;
        this.sender = sender;
        this.context = context;
        this.known = known;
    }

    /** Whether the run keeps what is destroyed, or anything is kept that could be given back; the server is asked once. */
    public boolean concerns(String revision) throws FailedStatement {
        if (anything.isEmpty()) {
            anything = Optional.of(new Server(connection, revision, "looking for what is kept").yes(Store.EXISTS));
        }
        return context.lossless() || anything.get();
    }

    /** Runs a whole step that it {@linkplain #concerns concerns}. */
    public int around(String revision, Direction direction, Work work) throws FailedStatement {
        sender.flush();
        Server server = new Server(connection, revision, "keeping what it destroys");
        Store store = new Store(server, revision);
        List<Owed> owed = new ArrayList<>();
        Pinned pinned = Pinned.in(server);
        for (Kept kept : store.of(opposite(direction))) {
            owed.add(Owed.look(server, kept));
        }
        store.outdate(direction);
        return pass(new Pass(server, store, revision, direction, owed), pinned, work);
    }

    /**
     * Runs a part of a step that has no transaction of its own as a whole, in the transaction of that part. What the step
     * undoes is not given back yet.
     */
    public void aroundPart(String revision, Direction direction, Work work) throws FailedStatement {
        if (!context.lossless()) {
            work.run();
            return;
        }
        notes.clear();
        sender.flush();
        Server server = new Server(connection, revision, "keeping what it destroys");
        Pinned pinned = Pinned.in(server);
        pass(new Pass(server, new Store(server, revision), revision, direction, List.of()), pinned, work);
    }

    /** Before the first part of such a step. */
    public void beginParts(String revision, Direction direction) throws FailedStatement {
        if (concerns(revision)) {
            sender.flush();
            new Store(new Server(connection, revision, "looking for what is kept"), revision).outdate(direction);
        }
    }

    /** After the last part of such a step, in the transaction that writes its history. */
    public void endParts(String revision, Direction direction) throws FailedStatement {
        if (!concerns(revision)) {
            return;
        }
        sender.flush();
        Server server = new Server(connection, revision, "giving back what was destroyed");
        Store store = new Store(server, revision);
        List<Kept> all = store.of(opposite(direction));
        if (all.isEmpty()) {
            return;
        }
        Pinned pinned = Pinned.in(server);
        // what the parts have written is not known any more: as if all of it
        Look now = Look.at(server).withoutCounters();
        // and what they took from one table one after the other is given back in the opposite order
        for (Kept kept : all) {
            lock(server, kept.table());
            new Return(server, store, notes::add).give(List.of(Owed.look(server, kept)), now, now);
        }
        pinned.close();
    }

    private static void lock(Server server, String table) throws FailedStatement {
        if (Shape.of(server, table).isPresent()) {
            server.execute("lock table only " + table + " in share row exclusive mode");
        }
    }

    /** Tells what was kept and given back; once it is committed. */
    public void tell() {
        notes.forEach(context::note);
        notes.clear();
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.UP ? Direction.DOWN : Direction.UP;
    }

    private record Pass(Server server, Store store, String revision, Direction direction, List<Owed> owed) {}

    private int pass(Pass pass, Pinned pinned, Work work) throws FailedStatement {
        Server server = pass.server();
        // in one order in all runs, as they are locked in it
        Set<String> wanted = new TreeSet<>(known.of(pass.revision(), pass.direction()));
        while (true) {
            server.execute("savepoint belay_step");
            Look before = Look.at(server);
            Map<String, Image> images = new LinkedHashMap<>();
            if (context.lossless()) {
                for (String name : wanted) {
                    Optional<Look.Seen> table = before.named(name);
                    if (table.isPresent()) {
                        images.put(name, Image.take(server, pass.store(), table.get()));
                    }
                }
            }
            pinned.close();
            int statements = work.run();
            Pinned again = Pinned.in(server);
            Look after = Look.at(server);
            Set<String> losers = before.losersUntil(after);
            if (context.lossless() && !images.keySet().containsAll(losers)) {
                wanted.addAll(losers);
                known.add(pass.revision(), pass.direction(), wanted);
                server.execute("rollback to savepoint belay_step");
                server.execute("release savepoint belay_step");
                continue;
            }
            new Return(server, pass.store(), notes::add).give(pass.owed(), before, after);
            keep(pass, images, before, after);
            server.execute("release savepoint belay_step");
            again.close();
            return statements;
        }
    }

    private void keep(Pass pass, Map<String, Image> images, Look before, Look after) throws FailedStatement {
        if (images.isEmpty()) {
            return;
        }
        List<Kept.Mark> marks = Marks.of(pass.server(), before.gainersUntil(after));
        for (Image image : images.values()) {
            Optional<Look.Seen> now =
                    after.table(image.oid()).or(() -> after.named(image.before().table()));
            Optional<Kept> kept = new Losing(pass.server(), image, before, now, marks).keep();
            if (kept.isPresent()) {
                long rows = pass.server()
                        .one("select pg_catalog.count(*) from " + kept.get().rows(), row -> row.getLong(1));
                long bytes = pass.store().add(kept.get(), pass.direction(), context.runId(), rows);
                notes.add(String.format(
                        java.util.Locale.ROOT,
                        "Kept what the %s of revision %s takes from %s: %,d rows, %,d bytes, in %s.",
                        pass.direction() == Direction.UP ? "upgrade" : "downgrade",
                        pass.revision(),
                        kept.get().table(),
                        rows,
                        bytes,
                        kept.get().rows()));
            }
        }
    }
}
