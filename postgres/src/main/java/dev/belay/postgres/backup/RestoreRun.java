package dev.belay.postgres.backup;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.backup.DumpFailure.Deed;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.snapshot.Jooq;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.Record;

/** Restores one backup into an empty database. */
final class RestoreRun {
    private static final long MB = 1 << 20;
    private static final long MOST_MEMORY_MB = 1024;

    private final DumpSettings settings;
    private final BackupFolder folder;
    private final Verification verification;
    private final RunContext context;

    RestoreRun(DumpSettings settings, BackupFolder folder, Verification verification, RunContext context) {
        this.settings = settings;
        this.folder = folder;
        this.verification = verification;
        this.context = context;
    }

    /** What of the server decides how it is restored. */
    private record Server(boolean superuser, long maintenanceMemoryMb) {}

    void restore(Sidecar sidecar, Database into) {
        Path data = folder.dataOf(sidecar);
        try {
            PostgresEndpoint endpoint = PostgresEndpoint.of(into);
            ClientProgram program = new Listing(settings, folder)
                    .find(sidecar.format() == Format.PLAIN ? "psql" : "pg_restore", sidecar);
            Server server = server(endpoint);
            verifiedMeanwhile(data, sidecar, cancellation -> {
                if (sidecar.format() == Format.PLAIN) {
                    runScript(program, data, endpoint, server, cancellation);
                } else {
                    runRestore(program, data, endpoint, server, cancellation);
                }
            });
        } catch (IOException | SQLException | RuntimeException e) {
            context.cancellation().check();
            throw DumpFailure.of(Deed.restore(data, into.name()), e);
        }
    }

    private interface Work {
        void with(Cancellation cancellation) throws IOException;
    }

    /** The files are compared with their checksums while they are restored; a damaged one ends the restore, and is what is told. */
    private void verifiedMeanwhile(Path data, Sidecar sidecar, Work work) throws IOException {
        Cancellation mine = Cancellation.withoutTimeout();
        try (Cancellation.Registration ofRun =
                context.cancellation().onCancel(() -> mine.cancel(Cancellation.Reason.INTERRUPTED))) {
            FutureTask<Boolean> verified = new FutureTask<>(() -> {
                try {
                    verification.verify(data, sidecar, context.cancellation()::check);
                    return true;
                } catch (RuntimeException e) {
                    mine.cancel(Cancellation.Reason.INTERRUPTED);
                    throw e;
                }
            });
            Thread thread = new Thread(verified, "belay-verify");
            thread.setDaemon(true);
            thread.start();
            try {
                work.with(mine);
            } finally {
                await(verified);
            }
        }
    }

    private void await(FutureTask<Boolean> verified) {
        try {
            verified.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.cancellation().cancel(Cancellation.Reason.INTERRUPTED);
            context.cancellation().check();
        }
    }

    private void runRestore(
            ClientProgram pgRestore, Path data, PostgresEndpoint into, Server server, Cancellation cancellation)
            throws IOException {
        List<String> entries = Listing.entries(pgRestore, data, context);
        List<String> arguments = new ArrayList<>(List.of(
                "--dbname=" + connectionString(into.name()),
                "--jobs=" + settings.effectiveJobs(),
                "--exit-on-error",
                "--verbose",
                "--no-password"));
        List<String> kept = server.superuser()
                ? entries
                : entries.stream()
                        .filter(entry -> !entry.contains(" COMMENT - EXTENSION "))
                        .toList();
        if (kept.size() == entries.size()) {
            restore(pgRestore, arguments, data, into, server, entries.size(), cancellation);
            return;
        }
        context.note(
                "The comments on extensions are left out of the restored database: only a superuser may set them.");
        Path list = Files.createTempFile("belay-restore", ".list");
        try {
            Files.write(list, kept);
            arguments.add("--use-list=" + list);
            restore(pgRestore, arguments, data, into, server, kept.size(), cancellation);
        } finally {
            Durable.deleteQuietly(list);
        }
    }

    private void restore(
            ClientProgram pgRestore,
            List<String> options,
            Path data,
            PostgresEndpoint into,
            Server server,
            int items,
            Cancellation cancellation) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add(data.toString());
        AtomicLong done = new AtomicLong();
        connected(pgRestore, arguments, into, server)
                .onErrorLine(line -> {
                    if (line.startsWith("pg_restore: finished item") || line.startsWith("pg_restore: creating")) {
                        context.progress("pg_restore", Math.min(items, done.incrementAndGet()), items, "items");
                    }
                })
                .run(cancellation);
    }

    private void runScript(
            ClientProgram psql, Path data, PostgresEndpoint into, Server server, Cancellation cancellation) {
        List<String> arguments = List.of(
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--single-transaction",
                "--no-password",
                "--dbname=" + connectionString(into.name()),
                "--file=" + data);
        connected(psql, arguments, into, server).run(cancellation);
    }

    /** Settings that make a restore faster, and are safe for a database that is thrown away when it fails. */
    private static ClientProcess connected(
            ClientProgram program, List<String> arguments, PostgresEndpoint into, Server server) {
        String given = into.clientEnvironment().getOrDefault("PGOPTIONS", "");
        String ours = "-c synchronous_commit=off -c statement_timeout=0 -c lock_timeout=0"
                + " -c idle_in_transaction_session_timeout=0 -c max_parallel_maintenance_workers=0"
                // for the checks of foreign keys, compiling takes longer than it saves: 1.5 s of 17 s on 1 GB
                + " -c jit=off"
                + " -c maintenance_work_mem=" + server.maintenanceMemoryMb() + "MB";
        return ClientProcess.of(program, arguments).connectedTo(into).with("PGOPTIONS", (given + " " + ours).strip());
    }

    private Server server(PostgresEndpoint into) throws SQLException {
        try (Connection connection = into.connect("restore")) {
            Record row = Jooq.on(connection).fetchSingle("""
                            SELECT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) AS super,
                                   pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers')) AS buffers,
                                   pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) AS memory
                            """);
            long buffers = row.get("buffers", long.class) / MB;
            long memory = row.get("memory", long.class) / MB;
            // All jobs together take at most half of what the server was given for its cache, if that is more than now.
            long share = Math.min(MOST_MEMORY_MB, buffers / 2 / settings.effectiveJobs());
            return new Server(row.get("super", boolean.class), Math.max(Math.max(memory, share), 1));
        }
    }

    /** A connection string rather than a bare name: pg_restore takes a name that has an equals sign for one. */
    private static String connectionString(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
