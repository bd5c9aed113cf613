package dev.belay.postgres.history;

import dev.belay.layout.FlywayProperties;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.time.Duration;
import java.util.List;

/**
 * The statements that make and write Flyway's table.
 *
 * @param table its name, quoted and qualified where that is said
 * @param name its name alone
 * @param schemas those that are made with it
 * @param installedBy an expression for who does it
 */
record FlywaySql(String table, String name, List<String> schemas, String installedBy) {
    private static final String COLUMNS =
            " (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)";

    /** AbbreviationUtils. */
    static String shortened(String description) {
        return description.length() <= 200 ? description : description.substring(0, 197) + "...";
    }

    /** AbbreviationUtils. */
    private static String shortenedScript(String script) {
        return script.length() <= 1000 ? script : "..." + script.substring(3, 1000);
    }

    private static String property(Revision revision, String key) {
        return revision.properties().getOrDefault(key, "");
    }

    private static boolean isVersioned(Revision revision) {
        return revision.properties().containsKey(FlywayProperties.VERSION);
    }

    List<String> create() {
        String make = """
                create table if not exists %s (
                    "installed_rank" int not null,
                    "version" varchar(50),
                    "description" varchar(200) not null,
                    "type" varchar(20) not null,
                    "script" varchar(1000) not null,
                    "checksum" integer,
                    "installed_by" varchar(100) not null,
                    "installed_on" timestamp not null default now(),
                    "execution_time" integer not null,
                    "success" boolean not null,
                    constraint %s primary key ("installed_rank"))""".formatted(table, SqlLiteral.name(name + "_pk"));
        String index =
                "create index if not exists " + SqlLiteral.name(name + "_s_idx") + " on " + table + " (\"success\")";
        return schemas.isEmpty() ? List.of(make, index) : List.of(makeSchemas(make), make, index);
    }

    /** Flyway writes down which schemas it made, in a row of rank 0 (DbSchemas). */
    private String makeSchemas(String make) {
        return """
                do $belay$
                declare
                    wanted text;
                    made text[] := array[]::text[];
                begin
                    foreach wanted in array %s loop
                        if not exists (select from pg_catalog.pg_namespace where nspname = wanted) then
                            execute pg_catalog.format('create schema %%I', wanted);
                            made := made || ('"' || pg_catalog.replace(wanted, '"', '""') || '"');
                        end if;
                    end loop;
                    if pg_catalog.cardinality(made) > 0 then
                        %s;
                        insert into %s (installed_rank, description, type, script, installed_by, execution_time, success)
                        values (0, '<< Flyway Schema Creation >>', 'SCHEMA', pg_catalog.array_to_string(made, ','), %s, 0, true);
                    end if;
                end $belay$""".formatted(SqlLiteral.array(schemas), make, table, installedBy);
    }

    String insert(Revision revision, Duration took) {
        return "insert into " + table + COLUMNS + " select coalesce(max(installed_rank), 0) + 1, " + version(revision)
                + ", " + SqlLiteral.text(shortened(revision.description())) + ", "
                + SqlLiteral.text(property(revision, FlywayProperties.TYPE)) + ", "
                + SqlLiteral.text(shortenedScript(property(revision, FlywayProperties.SCRIPT))) + ", "
                + property(revision, FlywayProperties.CHECKSUM) + ", " + installedBy + ", " + took.toMillis()
                + ", true from " + table;
    }

    private static String version(Revision revision) {
        return isVersioned(revision) ? SqlLiteral.text(property(revision, FlywayProperties.VERSION)) : "null";
    }

    String forget(String id, RevisionGraph graph) {
        String values = graph.get(id)
                .filter(revision -> !property(revision, FlywayProperties.UNDO + FlywayProperties.SCRIPT)
                        .isEmpty())
                .map(FlywaySql::undo)
                .orElse("description, 'DELETE', script, checksum");
        return "insert into " + table + COLUMNS + " select (select max(installed_rank) + 1 from " + table
                + "), version, " + values + ", " + installedBy + ", 0, true from (" + live(id, graph) + ") live,"
                + " (select exists (select from " + table + " where type = 'UNDO_SQL') as commercial) edition";
    }

    private static String undo(Revision revision) {
        return "case when commercial then %s else description end, case when commercial then 'UNDO_SQL' else 'DELETE' end,"
                        .formatted(SqlLiteral.text(
                                shortened(property(revision, FlywayProperties.UNDO + FlywayProperties.DESCRIPTION))))
                + " case when commercial then %s else script end, case when commercial then %s else checksum end"
                        .formatted(
                                SqlLiteral.text(shortenedScript(
                                        property(revision, FlywayProperties.UNDO + FlywayProperties.SCRIPT))),
                                property(revision, FlywayProperties.UNDO + FlywayProperties.CHECKSUM));
    }

    /** The row by which it counts as applied, if it does. */
    private String live(String id, RevisionGraph graph) {
        String same = graph.get(id)
                .filter(revision -> !isVersioned(revision))
                .map(revision -> "version is null and description = "
                        + SqlLiteral.text(shortened(revision.description())) + " and type <> 'SCHEMA'")
                .orElseGet(() -> "version = "
                        + graph.get(id).map(FlywaySql::version).orElseGet(() -> SqlLiteral.text(id))
                        + " and type not in ('BASELINE', 'INIT')");
        return "select * from (select * from " + table + " where " + same
                + " order by installed_rank desc limit 1) newest"
                + " where type not in ('DELETE', 'UNDO_SQL', 'UNDO_SCRIPT')";
    }

    /** Of the row of a migration that failed. */
    String settle(Revision revision, boolean succeeded) {
        String row = " where not success and "
                + (isVersioned(revision)
                        ? "version = " + version(revision)
                        : "version is null and description = " + SqlLiteral.text(shortened(revision.description())));
        return succeeded ? "update " + table + " set success = true" + row : "delete from " + table + row;
    }

    /** What is there is set right, as Flyway's {@code repair} does it. */
    List<String> stamp(Revision revision, RevisionGraph graph) {
        String live = live(revision.id(), graph);
        return List.of(
                "update " + table + " set description = " + SqlLiteral.text(shortened(revision.description()))
                        + ", type = " + SqlLiteral.text(property(revision, FlywayProperties.TYPE)) + ", checksum = "
                        + property(revision, FlywayProperties.CHECKSUM)
                        + " where installed_rank = (select installed_rank from (" + live + ") live)",
                insert(revision, Duration.ZERO) + " having not exists (" + live + ")");
    }
}
