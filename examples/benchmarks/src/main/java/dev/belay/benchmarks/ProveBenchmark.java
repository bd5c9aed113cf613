package dev.belay.benchmarks;

import static dev.belay.benchmarks.UpgradeBenchmark.delete;
import static dev.belay.benchmarks.UpgradeBenchmark.median;
import static dev.belay.benchmarks.UpgradeBenchmark.print;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.Revisions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proves N small revisions reversible: by a loop of psql, createdb, pg_dump and a comparison of the dumps, and by Belay, in turn.
 *
 * <p>{@code ProveBenchmark REVISIONS ROUNDS}; the server is named by PGHOST, PGPORT, PGUSER, the programs are on the PATH. The loop
 * makes the same checks: for each revision a database copied from the one before it; up, down and up again; the schema dumped four
 * times, the rows twice.
 */
public final class ProveBenchmark {
    private static final String NAME = "belay_prove_benchmark";
    private final int revisions;
    private final Path work;

    private ProveBenchmark(int revisions, Path work) {
        this.revisions = revisions;
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("belay-prove-benchmark");
        ProveBenchmark benchmark = new ProveBenchmark(Integer.parseInt(args[0]), work);
        List<Double> loop = new ArrayList<>();
        List<Double> belay = new ArrayList<>();
        try {
            benchmark.write();
            run("createdb", NAME);
            for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
                loop.add(seconds(benchmark::loop));
                belay.add(seconds(benchmark::belay));
                print("round %d: loop %.2f s, Belay %.2f s", round, loop.get(round - 1), belay.get(round - 1));
            }
        } finally {
            run("dropdb", "--if-exists", NAME);
            delete(work);
        }
        print(
                "medians: loop %.2f s, Belay %.2f s, ratio %.2f",
                median(loop), median(belay), median(belay) / median(loop));
    }

    /** One in five makes a table with two rows, the others add a column, an index, a check or a view and take it away. */
    private void write() throws IOException {
        Files.createDirectories(work.resolve("revisions"));
        for (int i = 1; i <= revisions; i++) {
            String table = "t_" + (i - 1) / 5;
            String[] change = switch ((i - 1) % 5) {
                case 0 ->
                    new String[] {
                        "CREATE TABLE " + table + " (id int PRIMARY KEY, name text NOT NULL DEFAULT 'x');\n"
                                + "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b');",
                        "DROP TABLE " + table + ";"
                    };
                case 1 ->
                    new String[] {
                        "ALTER TABLE " + table + " ADD COLUMN age int;", "ALTER TABLE " + table + " DROP COLUMN age;"
                    };
                case 2 ->
                    new String[] {
                        "CREATE INDEX " + table + "_name ON " + table + " (name);", "DROP INDEX " + table + "_name;"
                    };
                case 3 ->
                    new String[] {
                        "ALTER TABLE " + table + " ADD CONSTRAINT " + table + "_age CHECK (age > -1);",
                        "ALTER TABLE " + table + " DROP CONSTRAINT " + table + "_age;"
                    };
                default ->
                    new String[] {
                        "CREATE VIEW v" + table + " AS SELECT id, name FROM " + table + ";", "DROP VIEW v" + table + ";"
                    };
            };
            String id = String.format(Locale.ROOT, "%08d", i);
            String parent = i == 1 ? "" : String.format(Locale.ROOT, "-- belay:parents %08d\n", i - 1);
            Files.writeString(work.resolve("up" + i + ".sql"), change[0]);
            Files.writeString(work.resolve("down" + i + ".sql"), change[1]);
            Files.writeString(
                    work.resolve("revisions/20261121_0000_" + id + "_change.sql"),
                    "-- belay:revision " + id + "\n" + parent + "-- belay:upgrade\n" + change[0]
                            + "\n-- belay:downgrade\n" + change[1] + "\n");
        }
    }

    private void loop() throws Exception {
        String before = NAME + "_0";
        run("createdb", before);
        for (int i = 1; i <= revisions; i++) {
            String database = NAME + "_" + i;
            run("createdb", "--template=" + before, database);
            run("dropdb", before);
            String schema = dump("--schema-only", database);
            String rows = dump("--data-only", database);
            psql(database, "up" + i);
            String there = dump("--schema-only", database);
            psql(database, "down" + i);
            requireSame(schema, dump("--schema-only", database));
            requireSame(rows, dump("--data-only", database));
            psql(database, "up" + i);
            requireSame(there, dump("--schema-only", database));
            before = database;
        }
        run("dropdb", before);
    }

    private void psql(String database, String script) throws IOException, InterruptedException {
        run(
                "psql",
                "--quiet",
                "--no-psqlrc",
                "--set=ON_ERROR_STOP=1",
                "--dbname=" + database,
                "--file=" + work.resolve(script + ".sql"));
    }

    /** Without the random token that pg_dump writes into each plain dump. */
    private static String dump(String what, String database) throws IOException, InterruptedException {
        return run("pg_dump", what, database).replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    private static void requireSame(String before, String after) {
        if (!before.equals(after)) {
            throw new IllegalStateException("a revision is not reversible");
        }
    }

    private void belay() {
        List<RevisionProof> proofs =
                Prover.of(Revisions.in(work.resolve("revisions")), database()).prove();
        if (proofs.size() != revisions || !proofs.stream().allMatch(RevisionProof::isReversible)) {
            throw new IllegalStateException("not all are proven: " + proofs);
        }
    }

    private static PostgresDatabase database() {
        Map<String, String> env = System.getenv();
        return PostgresDatabase.at("postgresql://" + env.getOrDefault("PGUSER", "postgres") + "@"
                + env.getOrDefault("PGHOST", "127.0.0.1") + ":" + env.getOrDefault("PGPORT", "5432") + "/" + NAME);
    }

    /** One way to do it. */
    @FunctionalInterface
    private interface Way {
        void go() throws Exception;
    }

    private static double seconds(Way way) throws Exception {
        long start = System.nanoTime();
        way.go();
        return (System.nanoTime() - start) / 1e9;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }
}
