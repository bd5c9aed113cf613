package dev.belay.engine;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who runs the revisions: Belay itself, or another tool behind this interface. The same engine runs on the copy and on
 * production. Thread-safe; keeps no state but what the database holds.
 *
 * @since 0.1
 */
public interface MigrationEngine {
    /** One line for reports. */
    String describe();

    /** The revisions as they are on disk. */
    RevisionGraph graph();

    /** What the database says is applied. Takes no lock and writes nothing; a database without a history has none applied. */
    EngineState state(Database database) throws SQLException;

    /** The same as {@link #state(Database)}, as the connection's own transaction sees it. */
    EngineState state(Connection connection) throws SQLException;

    /**
     * The way from a state to a target, by the revisions as they are on disk now.
     *
     * @throws dev.belay.BelayException when the history and the files contradict each other, or the target isn't known
     */
    default Route route(Direction direction, Target target, EngineState state) {
        return route(direction, target, state, graph());
    }

    /**
     * The way from a state to a target.
     *
     * @param graph the revisions on disk, read by this engine just before
     * @throws dev.belay.BelayException when the history and the files contradict each other, or the target isn't known
     */
    Route route(Direction direction, Target target, EngineState state, RevisionGraph graph);

    /**
     * The ways that lead from one state back to another, to be run one after the other; empty when nothing differs.
     *
     * @throws dev.belay.BelayException when there is no such way, for instance because a revision is irreversible
     */
    List<Route> wayBack(EngineState now, EngineState before);

    /** Whether the whole route runs in one transaction, so that a failure leaves nothing behind. */
    boolean isTransactional(Route route, EngineState state);

    /** Why the route, once run, can't be undone by revisions; empty when it can. */
    List<String> irreversible(Route route);

    /**
     * Makes what has to be there before the schema is looked at for the first time: a history table that is a part of it, as
     * other tools' are. Does nothing by default, and where it is there; what it makes stays, whatever becomes of the run.
     */
    default void prepare(Database database) throws SQLException {}

    /** The tables of the history that are a part of the database's schema, qualified and quoted where needed; by default none. */
    default Set<String> historyTables(Database database) throws SQLException {
        return Set.of();
    }

    /**
     * Runs the route.
     *
     * @return a result for each revision, in the order in which they ran
     * @throws RevisionFailedException when a revision fails; what was not committed is rolled back
     */
    List<RevisionResult> run(Route route, EngineContext context);

    /** Writes what {@link #run} would execute, as valid input for psql. Touches nothing. */
    void script(Route route, EngineState state, Appendable out) throws IOException;

    /**
     * Drops what a lossless run kept before an instant; by default nothing is kept.
     *
     * @see EngineContext#lossless
     */
    default void dropKept(Database database, Instant before) throws SQLException {}

    /**
     * Checks by which the tool itself finds out whether what is applied is there, such as the verify scripts of Sqitch; by
     * default there are none. They are asked like a validator of the plan, on the copy and on production, and what they find is
     * critical. What they do through the connection, which may be in a transaction, is undone before the answer.
     *
     * @return what is wrong, a sentence each, without row values
     */
    default List<String> verify(Connection connection, RunContext run) throws SQLException {
        return List.of();
    }

    /**
     * The words in the scripts of a revision, both ways and in lower case, when all that these do shows in the schema; empty when they
     * may also do what doesn't, such as writing rows, or when it isn't known, as by default.
     */
    default Optional<Set<String>> traces(String revision) {
        return Optional.empty();
    }

    /**
     * Whether somebody has the lock by which the other tool that writes this history keeps others away while it works. By default none
     * is known. Takes no lock, and waits for none.
     */
    default boolean isToolLocked(Database database) throws SQLException {
        return false;
    }

    /** What is held until it is closed. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /**
     * Keeps the other tool that writes this history from working, after waiting for it where it is at work: what it is in the middle of
     * looks like what it failed at. By default nothing is known that would keep it.
     *
     * @throws UnsettledHistoryException when the tool can't be kept from working
     * @see #settle
     */
    default Held holdTool(FailureMark mark, EngineContext context) throws SQLException {
        return () -> {};
    }

    /**
     * Takes the mark away that another tool left, and records instead what was found to be applied, as the tool would have.
     *
     * @param applied one of the mark's candidates
     * @see EngineState#failed
     */
    default void settle(FailureMark mark, List<String> applied, EngineContext context) throws SQLException {
        throw new UnsettledHistoryException(mark, describe() + " can't take it away.");
    }

    /** Records the target as applied (and nothing beyond it) in the context's database, without running anything. */
    void stamp(Target target, EngineContext context) throws SQLException;
}
