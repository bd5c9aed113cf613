package dev.belay;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.context.RunContext;
import dev.belay.database.AuditTrail;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Journal;
import dev.belay.database.Observations;
import dev.belay.database.RunLock;
import dev.belay.database.SampleData;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import dev.belay.database.TableFingerprint;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import dev.belay.run.Platform;
import dev.belay.run.Preflight;
import dev.belay.testrun.TestRunContext;
import dev.belay.testrun.TestRunStrategy;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A server kept in memory, whose databases are lists of applied revisions; it writes down what is done to it. */
final class FakePlatform implements Platform, MigrationEngine, BackupStrategy, Copies, Observations, AuditTrail {
    final List<String> log = new ArrayList<>();
    final Map<String, List<String>> databases = new HashMap<>(Map.of("clinic", new ArrayList<>()));
    final Map<String, String> journals = new HashMap<>();
    boolean transactional = true;
    boolean failsOnCopy;
    boolean failsInProduction;
    boolean commitsBeforeItFails;
    boolean downgradeFails;
    boolean restoreFails;
    boolean backupIsDamaged;
    boolean leftovers;
    boolean surplusFails;
    boolean dropFails;
    boolean unreachable;
    boolean lockIsTaken;
    Duration takes = Duration.ZERO;

    /** What is applied in a database. */
    List<String> applied(String database) {
        return databases.computeIfAbsent(database, name -> new ArrayList<>());
    }

    @Override
    public String name() {
        return "clinic";
    }

    @Override
    public String location() {
        return "fake/clinic";
    }

    /** Nobody looks through it: the fakes know the state. */
    @Override
    public Connection connect() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);
    }

    @Override
    public Database named(String name) {
        FakePlatform server = this;
        return new Database() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String location() {
                return "fake/" + name;
            }

            @Override
            public Connection connect() {
                return server.connect();
            }

            @Override
            public Database named(String other) {
                return server.named(other);
            }
        };
    }

    @Override
    public MigrationEngine engine(RevisionSource revisions) {
        return this;
    }

    @Override
    public Preflight preflight() {
        return context -> List.of();
    }

    @Override
    public BackupStrategy defaultBackup() {
        return this;
    }

    @Override
    public TestRunStrategy defaultTestRun() {
        return TestRunContext::restoredBackup;
    }

    @Override
    public Copies copies() {
        return this;
    }

    @Override
    public Observations observations() {
        return this;
    }

    @Override
    public void copySchema(Database into, RunContext context) {
        log.add("copy schema");
    }

    @Override
    public SampleData sampleData() {
        return (database, except, seed) -> List.of();
    }

    @Override
    public Journal journal() {
        return new Journal() {
            @Override
            public Optional<String> read(Database database) {
                return Optional.ofNullable(journals.get(database.name()));
            }

            @Override
            public void write(Database database, String runId, String entry) {
                journals.put(database.name(), entry);
            }

            @Override
            public void erase(Database database) {
                journals.remove(database.name());
            }
        };
    }

    @Override
    public AuditTrail auditTrail() {
        return this;
    }

    @Override
    public boolean hasEnded(Database database, String runId) {
        return false;
    }

    @Override
    public List<Kept> kept(Database original) {
        return databases.containsKey("clinic_failed") ? List.of(new Kept("clinic_failed", "")) : List.of();
    }

    @Override
    public Optional<RunLock> lock(RunContext context, Need need) {
        if (lockIsTaken) {
            throw new DatabaseFailedException("fake/clinic", "somebody has the lock", new SQLException());
        }
        log.add("lock");
        return Optional.of(new RunLock() {
            @Override
            public void check() {}

            @Override
            public void close() {
                log.add("unlock");
            }
        });
    }

    @Override
    public Optional<RunLock> tryLock(RunContext context) {
        return lock(context, () -> true);
    }

    // the engine: one revision, "one"

    @Override
    public RevisionGraph graph() {
        return RevisionGraph.of(List.of());
    }

    @Override
    public EngineState state(Database database) {
        if (unreachable) {
            throw new DatabaseFailedException("fake/clinic", "nobody answers", new SQLException());
        }
        return new EngineState(
                applied(database.name()).stream()
                        .map(id -> new AppliedRevision(id, List.of(), id, "", Instant.EPOCH, false))
                        .toList(),
                Optional.empty());
    }

    @Override
    public EngineState state(Connection connection) {
        return state(this);
    }

    @Override
    public Route route(Direction direction, Target target, EngineState state, RevisionGraph graph) {
        Set<String> now = Set.copyOf(state.ids());
        return now.contains("one")
                ? new Route(direction, List.of(), now, now)
                : new Route(direction, List.of("one"), now, Set.of("one"));
    }

    @Override
    public List<Route> wayBack(EngineState now, EngineState before) {
        return now.sameAs(before)
                ? List.of()
                : List.of(new Route(Direction.DOWN, List.of("one"), Set.of("one"), Set.of()));
    }

    @Override
    public boolean isTransactional(Route route, EngineState state) {
        return transactional;
    }

    @Override
    public List<String> irreversible(Route route) {
        return List.of();
    }

    @Override
    public List<RevisionResult> run(Route route, EngineContext context) {
        String where = context.database().name();
        boolean production = where.equals("clinic");
        log.add(route.direction() + " on " + (production ? where : "copy"));
        if (route.direction() == Direction.DOWN) {
            if (production && downgradeFails) {
                throw new RevisionFailedException("one", "the downgrade failed", new SQLException());
            }
            applied(where).remove("one");
        } else {
            if (commitsBeforeItFails && production) {
                applied(where).add("one");
            }
            if (production ? failsInProduction : failsOnCopy) {
                throw new RevisionFailedException("one", "the upgrade failed", new SQLException());
            }
            beforeCommit(context);
            applied(where).add("one");
        }
        return List.of(new RevisionResult("one", route.direction(), takes, 1));
    }

    private void beforeCommit(EngineContext context) {
        try {
            if (transactional) {
                context.beforeCommit(connect());
            }
        } catch (SQLException e) {
            throw new RevisionFailedException("one", "before the commit", e);
        }
    }

    @Override
    public void script(Route route, EngineState state, Appendable out) {}

    @Override
    public void stamp(Target target, EngineContext context) {}

    // backups

    @Override
    public Backup take(BackupContext context) {
        log.add("backup");
        return new Backup(
                "b1",
                "backups/b1",
                Optional.empty(),
                "clinic",
                Instant.EPOCH,
                List.of(),
                1,
                Duration.ZERO,
                ProofLevel.NONE,
                Optional.of(rows(this, context)));
    }

    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        log.add("restore");
        if (restoreFails) {
            throw new BackupFailedException("the restore failed");
        }
        databases.put(into.name(), new ArrayList<>());
    }

    @Override
    public String describe() {
        return "fake";
    }

    // copies

    @Override
    public Database create(Database original, String what, RunContext context) {
        log.add("create " + what);
        databases.put("clinic_" + what, new ArrayList<>());
        return named("clinic_" + what);
    }

    @Override
    public void drop(Database copy) throws SQLException {
        log.add("drop " + copy.name());
        if (dropFails && copy.name().endsWith("_restored")) {
            throw new SQLException("somebody is connected", "55006");
        }
        databases.remove(copy.name());
    }

    @Override
    public boolean hasLeftovers(Database original) {
        return leftovers;
    }

    @Override
    public void dropLeftovers(Database original, RunContext context) {
        log.add("drop leftovers");
        leftovers = false;
    }

    @Override
    public Database swap(Database original, Database replacement, RunContext context) {
        log.add("swap");
        databases.put("clinic_failed", applied("clinic"));
        databases.put("clinic", databases.remove(replacement.name()));
        return named("clinic_failed");
    }

    // observations

    @Override
    public boolean isEmpty(Database database) {
        return applied(database.name()).isEmpty();
    }

    /** A schema of one table for each revision. */
    private record Tables(SortedSet<String> names) implements SchemaPicture {
        @Override
        public String digest() {
            return names.toString();
        }

        @Override
        public List<SchemaDifference> differencesTo(SchemaPicture after) {
            return equals(after) ? List.of() : List.of(SchemaDifference.added("table", String.valueOf(after)));
        }
    }

    @Override
    public SchemaPicture schema(Database database) {
        return new Tables(new TreeSet<>(applied(database.name())));
    }

    @Override
    public List<TableFingerprint> rows(Database database, RunContext context) {
        boolean damaged = backupIsDamaged && !database.name().equals("clinic");
        return List.of(new TableFingerprint("public.users", 3, damaged ? "7" : "8"));
    }

    @Override
    public Map<String, Long> surplus(Database kept, Database restored, RunContext context) throws SQLException {
        if (surplusFails) {
            throw new SQLException("a row holds MARKER", "22P02");
        }
        return Map.of("public.users", 2L);
    }

    // audit

    @Override
    public void write(Database database, List<Entry> entries) {
        entries.forEach(entry -> log.add("audit " + entry.event()));
    }

    @Override
    public void carryOver(Database kept, Database restored) {
        log.add("carry over");
    }
}
