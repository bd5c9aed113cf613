package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout of Liquibase, with the Liquibase that is in the jar. */
class LiquibaseCommandsIT {
    private static final String PHONE = """
            --liquibase formatted sql
            --changeset ann:phone
            ALTER TABLE patients ADD COLUMN ${column} text;
            --rollback ALTER TABLE patients DROP COLUMN ${column};
            --changeset ann:only-elsewhere context:elsewhere
            CREATE TABLE elsewhere (id int);
            --rollback DROP TABLE elsewhere;
            """;

    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void writeAChangelog() {
        belay = new Belay(directory).with("DATABASE_URL", clinic.url()).with("ENVIRONMENT", "development");
        belay.file("db/liquibase.properties", """
                changeLogFile: root.yaml
                searchPath = logs
                liquibase.command.contexts = here
                parameter.column = phone
                url = jdbc:postgresql://127.0.0.1:1/never
                username = nobody
                password = never
                """);
        belay.file("db/logs/root.yaml", """
                databaseChangeLog:
                  - include: {file: more/phone.sql}
                  - changeSet:
                      id: visits
                      author: bob
                      changes:
                        - createTable:
                            tableName: visits
                            columns:
                              - column: {name: id, type: int, constraints: {primaryKey: true}}
                """);
        belay.file("db/logs/more/phone.sql", PHONE);
    }

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    private static List<String> ids(JsonObject status, String key) {
        return StreamSupport.stream(status.getAsJsonArray(key).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(each -> each.get("revision").getAsString())
                .toList();
    }

    @Test
    void goesUpAndDownAsThePropertiesSay() {
        JsonObject before = belay.run("status", "--revisions", "db", "--layout", "liquibase", "--json")
                .exits(0)
                .json()
                .getAsJsonObject();
        assertThat(ids(before, "pending")).containsExactly("more/phone.sql::phone::ann", "root.yaml::visits::bob");

        belay.run("upgrade", "--revisions", "db").exits(0);

        assertThat(clinic.columns()).contains("phone");
        assertThat(clinic.query("SELECT id || ' ' || liquibase FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("phone 4.33.0", "visits 4.33.0");
        assertThat(belay.run("upgrade", "--revisions", "db", "--json")
                        .exits(0)
                        .json()
                        .getAsJsonObject()
                        .get("outcome")
                        .getAsString())
                .isEqualTo("up-to-date");
        belay.run("downgrade", "base", "--revisions", "db").exits(0);
        assertThat(clinic.columns()).doesNotContain("phone");
    }

    @Test
    void goesUpWithTheWholePipeline() {
        assertThat(belay.run("upgrade", "--revisions", "db", "--env", "production", "--dry-run")
                        .exits(0)
                        .out())
                .contains("ADD COLUMN phone");
        assertThat(clinic.query("SELECT to_regclass('databasechangelog') IS NULL"))
                .containsExactly("t");

        JsonObject report = belay.run("upgrade", "--revisions", "db", "--env", "production", "--json")
                .exits(0)
                .json()
                .getAsJsonObject();

        assertThat(report.get("applied").getAsJsonArray()).hasSize(2);
        assertThat(clinic.columns()).contains("phone");
    }

    @Test
    void findsTheRootWhereSpringBootHasIt() {
        belay.file("resources/db/changelog/db.changelog-master.xml", """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <includeAll path="db/changelog/steps"/>
                </databaseChangeLog>
                """);
        belay.file("resources/db/changelog/steps/1.json", """
                {"databaseChangeLog": [{"changeSet": {"id": "1", "author": "ann", "changes": [{"sql": {"sql": "SELECT 1"}}]}}]}
                """);

        assertThat(belay.run("heads", "--revisions", "resources").exits(0).out())
                .contains("db/changelog/steps/1.json::1::ann");
    }

    @Test
    void takesOneFormattedFileForTheRoot() {
        belay.file("sql/anything.sql", "\n" + PHONE.replace("${column}", "phone"));
        assertThat(belay.run("history", "--revisions", "sql").exits(0).out()).contains("anything.sql::phone::ann");

        belay.file("sql/another.sql", PHONE);
        assertThat(belay.run("heads", "--revisions", "sql").exits(2).err())
                .contains("several changelogs could be the root: another.sql, anything.sql")
                .contains("liquibase.properties");
    }

    @Test
    void namesTheCandidates() {
        belay.file("db/V1__first.sql", "SELECT 1;\n");
        assertThat(belay.run("heads", "--revisions", "db").exits(2).err())
                .contains("could have the layouts flyway and liquibase");

        belay.file("two/changelog.sql", PHONE);
        belay.file("two/db.changelog-master.json", "{\"databaseChangeLog\": []}\n");
        assertThat(belay.run("heads", "--revisions", "two").exits(2).err())
                .contains("changelog.sql, db.changelog-master.json");
        assertThat(belay.run("heads", "--revisions", "two/none", "--layout", "liquibase")
                        .exits(2)
                        .err())
                .contains("two/none");
        belay.file("empty/readme.txt", "");
        assertThat(belay.run("heads", "--revisions", "empty", "--layout", "liquibase")
                        .exits(2)
                        .err())
                .contains("there is no changelog of Liquibase in it");
    }

    @Test
    void namesTheLineThatItCannotKeepTo() {
        belay.file("db/liquibase.properties", "changelogFile=root.yaml\nsearchPath=logs\ndefaultSchemaName=clinic\n");

        assertThat(belay.run("heads", "--revisions", "db").exits(2).err())
                .contains("liquibase.properties:3: defaultSchemaName = clinic can't be kept to");
        belay.file("db/liquibase.properties", "changelogFile=root.yaml\nsearchPath=logs,more\n");
        assertThat(belay.run("heads", "--revisions", "db").exits(2).err())
                .contains("liquibase.properties:2: searchPath names several directories");
    }
}
