package dev.belay.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a tool writes its files, and what it writes into its table.
 *
 * @param concurrent whether it can build an index concurrently
 * @param rows a query over its table
 */
record Tool(
        Layout layout, boolean concurrent, Writer writer, String rows, List<String> afterTwo, List<String> afterThree) {
    private static final String[] UP = {
        "CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL);",
        "ALTER TABLE patients ADD COLUMN phone text;\nCREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
        "CREATE INDEX CONCURRENTLY patients_name ON patients (name);"
    };
    private static final String[] DOWN = {
        "DROP TABLE patients;",
        "DROP FUNCTION one();\nALTER TABLE patients DROP COLUMN phone;",
        "DROP INDEX CONCURRENTLY patients_name;"
    };

    private static final String ENVIRONMENT = """
            time_zone=GMT+0:00
            send_full_script=false
            delimiter=;
            auto_commit=false
            changelog=CHANGELOG
            table=patients
            """;

    interface Writer {
        void write(Path directory, int number, String up, String down, boolean transactional) throws IOException;
    }

    static Tool of(Layout layout) {
        return all().filter(tool -> tool.layout() == layout).findFirst().orElseThrow();
    }

    static Stream<Tool> all() {
        return Stream.of(
                golangMigrate(),
                dbmate(),
                goose(),
                diesel(),
                sqlx(),
                nodePgMigrate(),
                nodePgMigratePairs(),
                prisma(),
                mybatis(),
                atlas(),
                sqitch());
    }

    /** Three migrations; the last one outside a transaction where the tool can do that. */
    void write(Path directory) throws IOException {
        for (int i = 0; i < 3; i++) {
            boolean outside = i == 2 && concurrent;
            String up = outside ? UP[i] : UP[i].replace(" CONCURRENTLY", "");
            String down = outside ? DOWN[i] : DOWN[i].replace(" CONCURRENTLY", "");
            writer.write(directory, i + 1, up, down, !outside);
        }
    }

    private static Tool golangMigrate() {
        return new Tool(
                Layouts.GOLANG_MIGRATE,
                true,
                (directory, number, up, down, transactional) -> {
                    Files.writeString(directory.resolve("go.mod"), "require golang-migrate/migrate v4\n");
                    Files.writeString(directory.resolve("00000" + number + "_step.up.sql"), up + "\n");
                    Files.writeString(directory.resolve("00000" + number + "_step.down.sql"), down + "\n");
                },
                "SELECT version || ' ' || dirty FROM schema_migrations",
                List.of("2 false"),
                List.of("3 false"));
    }

    private static Tool dbmate() {
        return new Tool(
                Layouts.DBMATE,
                true,
                (directory, number, up, down, transactional) -> {
                    String option = transactional ? "" : " transaction:false";
                    Files.writeString(
                            directory.resolve("2026010100000" + number + "_step.sql"),
                            "-- migrate:up" + option + "\n" + up + "\n\n-- migrate:down" + option + "\n" + down + "\n");
                },
                "SELECT version FROM schema_migrations ORDER BY version",
                List.of("20260101000001", "20260101000002"),
                List.of("20260101000001", "20260101000002", "20260101000003"));
    }

    private static Tool goose() {
        return new Tool(
                Layouts.GOOSE,
                true,
                (directory, number, up, down, transactional) -> Files.writeString(
                        directory.resolve("0000" + number + "_step.sql"),
                        (transactional ? "" : "-- +goose NO TRANSACTION\n") + "-- +goose Up\n-- +goose StatementBegin\n"
                                + up + "\n-- +goose StatementEnd\n\n-- +goose Down\n" + down + "\n"),
                "SELECT version_id || ' ' || is_applied FROM goose_db_version ORDER BY id",
                List.of("0 true", "1 true", "2 true"),
                List.of("0 true", "1 true", "2 true", "3 true"));
    }

    private static Tool diesel() {
        return new Tool(
                Layouts.DIESEL,
                true,
                (directory, number, up, down, transactional) -> {
                    Path own = Files.createDirectory(directory.resolve("2026-01-01-00000" + number + "_step"));
                    Files.writeString(own.resolve("up.sql"), up + "\n");
                    Files.writeString(own.resolve("down.sql"), down + "\n");
                    if (!transactional) {
                        Files.writeString(own.resolve("metadata.toml"), "run_in_transaction = false\n");
                    }
                },
                "SELECT version FROM __diesel_schema_migrations ORDER BY version",
                List.of("20260101000001", "20260101000002"),
                List.of("20260101000001", "20260101000002", "20260101000003"));
    }

    /** The checksums are computed by the server, over what was written. */
    private static Tool sqlx() {
        String[] rows = {
            "1 the first-step true ", "2 the first-step true ", "3 the first-step true ",
        };
        for (int i = 0; i < 3; i++) {
            String text = (i == 2 ? "-- no-transaction\n" : "") + UP[i] + "\r\n-- é";
            rows[i] += Checksums.hex("SHA-384", text);
        }
        return new Tool(
                Layouts.SQLX,
                true,
                (directory, number, up, down, transactional) -> {
                    String first = transactional ? "" : "-- no-transaction\n";
                    Files.writeString(directory.resolve("Cargo.toml"), "[dependencies]\nsqlx = \"0.8\"\n");
                    Files.writeString(
                            directory.resolve("000" + number + "_the_first-step.up.sql"), first + up + "\r\n-- é");
                    Files.writeString(directory.resolve("000" + number + "_the_first-step.down.sql"), first + down);
                },
                "SELECT version || ' ' || description || ' ' || success || ' ' || encode(checksum, 'hex')"
                        + " FROM _sqlx_migrations WHERE execution_time > 0 AND installed_on <= now() ORDER BY version",
                List.of(rows[0], rows[1]),
                List.of(rows));
    }

    private static Tool nodePgMigrate() {
        return new Tool(
                Layouts.NODE_PG_MIGRATE,
                false,
                (directory, number, up, down, transactional) -> Files.writeString(
                        directory.resolve("170000000000" + number + "_step.sql"),
                        "-- Up Migration\n" + up + "\n\n-- Down Migration\n" + down),
                "SELECT name FROM pgmigrations WHERE run_on <= now() ORDER BY run_on, id",
                List.of("1700000000001_step", "1700000000002_step"),
                List.of("1700000000001_step", "1700000000002_step", "1700000000003_step"));
    }

    private static Tool nodePgMigratePairs() {
        return new Tool(
                Layouts.NODE_PG_MIGRATE,
                false,
                (directory, number, up, down, transactional) -> {
                    Files.writeString(
                            directory.resolve("package.json"), "{\"dependencies\": {\"node-pg-migrate\": 9}}");
                    Files.writeString(directory.resolve(number + "_step.up.sql"), up);
                    Files.writeString(directory.resolve(number + "_step.down.sql"), down);
                },
                "SELECT name FROM pgmigrations ORDER BY run_on, id",
                List.of("1_step", "2_step"),
                List.of("1_step", "2_step", "3_step"));
    }

    private static Tool prisma() {
        String[] rows = new String[3];
        for (int i = 0; i < 3; i++) {
            rows[i] = "2026010100000" + (i + 1) + "_step " + Checksums.hex("SHA-256", UP[i] + "\r\n-- é") + " 1";
        }
        return new Tool(
                Layouts.PRISMA,
                true,
                (directory, number, up, down, transactional) -> {
                    Files.writeString(directory.resolve("migration_lock.toml"), "# x\nprovider = \"postgresql\"\n");
                    Path own = Files.createDirectory(directory.resolve("2026010100000" + number + "_step"));
                    Files.writeString(own.resolve("migration.sql"), up + "\r\n-- é");
                    Files.writeString(own.resolve("down.sql"), down);
                },
                "SELECT migration_name || ' ' || checksum || ' ' || applied_steps_count FROM _prisma_migrations"
                        + " WHERE finished_at > started_at AND finished_at <= now() AND rolled_back_at IS NULL"
                        + " AND logs IS NULL AND length(id) = 36 ORDER BY started_at",
                List.of(rows[0], rows[1]),
                List.of(rows));
    }

    /** The first migration makes the table, as {@code migrate init} writes it. */
    private static Tool mybatis() {
        String table = "CREATE TABLE ${changelog} (ID NUMERIC(20,0) NOT NULL, APPLIED_AT VARCHAR(25) NOT NULL,"
                + " DESCRIPTION VARCHAR(255) NOT NULL);\n"
                + "ALTER TABLE ${changelog} ADD CONSTRAINT PK_${changelog} PRIMARY KEY (id);\n";
        return new Tool(
                Layouts.MYBATIS,
                false,
                (directory, number, up, down, transactional) -> {
                    Path scripts = Files.createDirectories(directory.resolve("scripts"));
                    Path environments = Files.createDirectories(directory.resolve("environments"));
                    Files.writeString(environments.resolve("development.properties"), ENVIRONMENT);
                    Files.writeString(scripts.resolve("bootstrap.sql"), "-- // nothing\n");
                    Files.writeString(
                            scripts.resolve("2026010100000" + number + "_the_step.sql"),
                            "--// A step\n// a comment\n" + (number == 1 ? table : "")
                                    + up.replace("patients ", "${table} ") + "\n\n-- //@UNDO\n" + down
                                    + (number == 1 ? "\nDROP TABLE ${changelog};\n" : "\n"));
                },
                "SELECT id || ' ' || description FROM changelog WHERE to_timestamp(applied_at, 'YYYY-MM-DD HH24:MI:SS')"
                        + " BETWEEN now() - interval '1 day' AND now() + interval '1 day' ORDER BY id",
                List.of("20260101000001 the step", "20260101000002 the step"),
                List.of("20260101000001 the step", "20260101000002 the step", "20260101000003 the step"));
    }

    /** The sum file is computed by the rules of Atlas's own documentation, as its command would write it. */
    private static Tool atlas() {
        return new Tool(
                Layouts.ATLAS,
                true,
                (directory, number, up, down, transactional) -> {
                    Path downs = Files.createDirectories(directory.resolve("down"));
                    String mode = transactional ? "" : "-- atlas:txmode none\n\n";
                    String name = "2026010100000" + number + "_the_step.sql";
                    Files.writeString(directory.resolve(name), mode + up + "\r\n-- é");
                    Files.writeString(downs.resolve(name), mode + down);
                    Checksums.writeAtlasSum(directory);
                },
                "SELECT version || ' ' || description || ' ' || type || ' ' || applied || ' ' || total || ' ' || error"
                        + " || ' ' || partial_hashes || ' ' || length(hash) FROM atlas_schema_revisions"
                        + " WHERE execution_time > 0 AND executed_at <= now() ORDER BY version",
                List.of("20260101000001 the_step 2 1 1  null 44", "20260101000002 the_step 2 2 2  null 44"),
                List.of(
                        "20260101000001 the_step 2 1 1  null 44",
                        "20260101000002 the_step 2 2 2  null 44",
                        "20260101000003 the_step 2 1 1  null 44"));
    }

    private static Tool sqitch() {
        return new Tool(
                Layouts.SQITCH,
                true,
                (directory, number, up, down, transactional) -> {
                    Path plan = directory.resolve("sqitch.plan");
                    Files.writeString(
                            plan,
                            (number == 1 ? "%project=x\n\n" : Files.readString(plan)) + "step" + number
                                    + (number == 1 ? "" : " [step1]") + " 2026-01-01T00:00:00Z A <a@b.c>\n");
                    String begin = transactional ? "BEGIN;\n" : "";
                    String end = transactional ? "\nCOMMIT;\n" : "\n";
                    for (String kind : List.of("deploy", "revert")) {
                        Files.writeString(
                                Files.createDirectories(directory.resolve(kind)).resolve("step" + number + ".sql"),
                                begin + (kind.equals("deploy") ? up : down) + end);
                    }
                },
                "SELECT change || ' ' || (SELECT count(*) FROM sqitch.dependencies d WHERE d.change_id = c.change_id)"
                        + " FROM sqitch.changes c ORDER BY committed_at",
                List.of("step1 0", "step2 1"),
                List.of("step1 0", "step2 1", "step3 1"));
    }

    @Override
    public String toString() {
        return layout.name();
    }
}
