package dev.belay.prove.internal;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.database.Observer;
import dev.belay.database.SchemaPicture;
import dev.belay.database.TableFingerprint;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionFailedException;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.Route;
import dev.belay.run.Platform;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A throwaway database that is brought to the state before each revision in turn. It is made anew from nothing only when a
 * revision has left it in doubt: applying hundreds of small revisions again costs less than copying a database would.
 */
final class Ladder implements AutoCloseable {
    private final Platform home;
    private final MigrationEngine engine;
    private final String runId;
    private final Cancellation cancellation;
    private final String label;
    private final boolean onSchema;
    private final boolean lossless;
    private final Map<String, String> broken = new LinkedHashMap<>();
    private @Nullable Database scratch;
    private @Nullable Observer observer;
    /** What the last look at the schema saw, until a revision runs. */
    private Optional<SchemaPicture> known = Optional.empty();

    private List<String> applied = List.of();

    /** What was there at one instant. */
    record Seen(SchemaPicture schema, List<TableFingerprint> rows) {
        boolean hasRows() {
            return rows.stream().anyMatch(table -> table.rows() > 0);
        }
    }

    /**
     * A ladder that stands on nothing yet.
     *
     * @param onSchema whether the revisions build on what is in the database already
     */
    Ladder(
            Platform home,
            MigrationEngine engine,
            String runId,
            Cancellation cancellation,
            String label,
            boolean onSchema,
            boolean lossless) {
        this.home = home;
        this.engine = engine;
        this.runId = runId;
        this.cancellation = cancellation;
        this.label = label;
        this.onSchema = onSchema;
        this.lossless = lossless;
    }

    /** Brings it to the state in which exactly these are applied, as far as they can be; with whatever rows are there. */
    void climb(List<Revision> before) throws SQLException {
        if (scratch == null || !applied.equals(sound(before))) {
            rebuild(before);
        }
    }

    /** The same without any rows but those that the revisions themselves write. */
    void rebuild(List<Revision> before) throws SQLException {
        while (true) {
            close();
            scratch = home.copies().create(home, label, context(home));
            applied = List.of();
            if (onSchema) {
                home.copySchema(scratch, context(home));
            }
            engine.prepare(database());
            List<String> ids = sound(before);
            try {
                up(ids);
                return;
            } catch (RevisionFailedException e) {
                isBroken(e.revision());
            }
        }
    }

    /** Those of them that can be applied. */
    private List<String> sound(List<Revision> revisions) {
        List<String> ids = new ArrayList<>();
        for (Revision revision : revisions) {
            Optional<String> why = unreachable(revision);
            if (why.isPresent()) {
                broken.putIfAbsent(revision.id(), why.get());
            } else {
                ids.add(revision.id());
            }
        }
        return ids;
    }

    /** Why a revision can't be reached: it, or one that it builds on, fails by itself. */
    Optional<String> unreachable(Revision revision) {
        if (broken.containsKey(revision.id())) {
            return Optional.ofNullable(broken.get(revision.id()));
        }
        return revision.parents().stream()
                .filter(broken::containsKey)
                .findFirst()
                .map(broken::get);
    }

    /** Nothing that builds on it is tried any more. */
    void isBroken(String revision) {
        broken.put(revision, "revision " + revision + " can't be applied");
    }

    void up(Revision revision) {
        up(List.of(revision.id()));
    }

    void down(Revision revision) {
        down(List.of(revision.id()));
    }

    /** All of these, in as few transactions as they allow. */
    void up(List<String> ids) {
        run(Direction.UP, ids);
    }

    /** Takes all of these back, in this order. */
    void down(List<String> ids) {
        run(Direction.DOWN, ids);
    }

    private void run(Direction direction, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        known = Optional.empty();
        try {
            engine.run(new Route(direction, ids, Set.of(), Set.of()), context(database()));
        } catch (RevisionFailedException e) {
            cancellation.check(); // what fails because it was cancelled is no fault of the revision
            throw e;
        }
        List<String> now = new ArrayList<>(applied);
        if (direction == Direction.UP) {
            now.addAll(ids);
        } else {
            now.removeAll(ids);
        }
        applied = List.copyOf(now);
    }

    /** What is there is not to be built on. */
    void distrust() {
        applied = List.of("?");
    }

    List<String> fill(long seed) throws SQLException {
        return home.sampleData().fill(database(), engine.historyTables(database()), seed);
    }

    SchemaPicture schema() throws SQLException {
        if (known.isEmpty()) {
            known = Optional.of(observer().schema());
        }
        return known.get();
    }

    List<TableFingerprint> rows() throws SQLException {
        Set<String> history = engine.historyTables(database());
        return observer().rows(context(database())).stream()
                .filter(table -> !history.contains(table.table())) // some tools write down what they take back
                .toList();
    }

    private Observer observer() throws SQLException {
        Observer looking = observer;
        if (looking == null) {
            looking = home.observations().observer(database(), context(database()));
            observer = looking;
        }
        return looking;
    }

    Seen seen() throws SQLException {
        return new Seen(schema(), rows());
    }

    Database database() {
        Database database = scratch;
        if (database == null) {
            throw new IllegalStateException("the database is not made yet");
        }
        return database;
    }

    private ProofContext context(Database database) {
        return new ProofContext(runId, cancellation, database, lossless);
    }

    @Override
    public void close() throws SQLException {
        known = Optional.empty();
        if (observer != null) {
            observer.close();
            observer = null;
        }
        if (scratch != null) {
            home.copies().drop(scratch);
            scratch = null;
        }
    }
}
