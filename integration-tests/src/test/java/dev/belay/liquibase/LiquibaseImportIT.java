package dev.belay.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.layout.BothWays;
import dev.belay.postgres.layout.ImportedRevisions.ImportedRevision;
import dev.belay.postgres.layout.RevisionImport;
import dev.belay.postgres.liquibase.LiquibaseChangelog;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.MalformedRevisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changelog, imported: Liquibase writes the SQL. */
class LiquibaseImportIT {
    @TempDir
    Path directory;

    private Path out;

    @BeforeEach
    void make() throws IOException {
        out = directory.resolve("revisions");
        write("log/root.yaml", """
                databaseChangeLog:
                  - preConditions: [{dbms: {type: postgresql}}]
                  - include: {file: log/one.sql}
                  - changeSet:
                      id: two words
                      author: bob
                      labels: later
                      preConditions: [{dbms: {type: postgresql}}]
                      changes:
                        - createTable:
                            tableName: visits
                            remarks: It's one
                            columns:
                              - column: {name: id, type: bigint, autoIncrement: true, constraints: {primaryKey: true}}
                              - column: {name: patient_id, type: int, constraints: {nullable: false, foreignKeyName: fk, references: patients(id)}}
                              - column: {name: at, type: timestamp, defaultValueComputed: now()}
                              - column: {name: note, type: "varchar(20)", defaultValue: none}
                        - createIndex: {tableName: visits, indexName: visits_at, columns: [{column: {name: at}}]}
                        - insert:
                            tableName: visits
                            columns:
                              - column: {name: patient_id, valueNumeric: 1}
                              - column: {name: at, valueDate: "2026-01-02T03:04:05"}
                        - tagDatabase: {tag: two}
                      rollback:
                        - dropTable: {tableName: visits}
                  - changeSet:
                      id: rows
                      author: bob
                      changes:
                        - loadData:
                            file: log/rows.csv
                            tableName: patients
                            columns:
                              - column: {name: id, type: numeric}
                              - column: {name: name, type: string}
                        - addColumn:
                            tableName: patients
                            columns: [{column: {name: phone, type: text}}]
                        - sql: {dbms: oracle, sql: nonsense}
                      rollback:
                        - sql: "DELETE FROM patients WHERE id > 100; ALTER TABLE patients DROP COLUMN phone"
                  - changeSet:
                      id: index
                      author: ann
                      runInTransaction: false
                      changes:
                        - sql: {sql: "CREATE INDEX CONCURRENTLY patients_name ON patients (name)"}
                      rollback:
                        - sql: {sql: "DROP INDEX CONCURRENTLY patients_name"}
                  - changeSet:
                      id: phones
                      author: ann
                      changes:
                        - addUniqueConstraint: {tableName: patients, columnNames: phone, constraintName: phones}
                      modifySql:
                        - append: {value: " DEFERRABLE"}
                """);
        write("log/rows.csv", "id,name\n101,\"a, b\"\n102,it's\n");
        write("log/one.sql", """
                --liquibase formatted sql
                --changeset ann:patients
                CREATE TABLE patients (id int PRIMARY KEY, name text NOT NULL);
                INSERT INTO patients SELECT i, '${prefix};' || i FROM generate_series(1, 100) i;
                --rollback DROP TABLE patients;

                --changeset ann:function splitStatements:false
                CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$
                -- a comment; and
                BEGIN RETURN 1; END $$; -- the end
                --rollback DROP FUNCTION one();

                --changeset ann:elsewhere context:elsewhere
                CREATE TABLE elsewhere (id int);

                --changeset ann:view runOnChange:true
                CREATE OR REPLACE VIEW names AS SELECT name FROM patients;
                --rollback DROP VIEW names;
                """);
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private LiquibaseChangelog changelog(String root) {
        return LiquibaseChangelog.in(directory, root).contexts("here").parameter("prefix", "p");
    }

    @Test
    void isTheSameAsByLiquibase() throws Exception {
        try (BothWays both = new BothWays(changelog("log/root.yaml"), out)) {
            both.areTheSameFromEmpty().goOnFrom(3).goDown();
            assertThat(both.prove()).hasSize(7).allMatch(RevisionProof::isReversible);
            assertThat(both.imported().revisions())
                    .extracting(ImportedRevision::revision)
                    .allMatch(id -> id.matches("[a-z0-9]{4,40}"))
                    .anyMatch(id -> id.startsWith("patients"));
        }
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2); // the changelog and the revisions
        }
    }

    /** A change that is code. */
    public static final class Custom implements CustomTaskChange {
        @Override
        public void execute(Database its) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getConfirmationMessage() {
            return "done";
        }

        @Override
        public void setUp() {
            // nothing to set up
        }

        @Override
        public void setFileOpener(ResourceAccessor files) {
            // no files are read
        }

        @Override
        public ValidationErrors validate(Database its) {
            return new ValidationErrors();
        }
    }

    private void refuses(String changeSet, String why) throws IOException {
        write(
                "log/odd.yaml",
                "databaseChangeLog:\n  - changeSet:\n      id: odd\n      author: ann\n" + changeSet.indent(6));
        assertThatThrownBy(() -> RevisionImport.of(changelog("log/odd.yaml")).into(out))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("log/odd.yaml: changeset log/odd.yaml::odd::ann can't be imported")
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was written");
        assertThat(out).doesNotExist();
    }

    @Test
    void namesTheChangesetThatNeedsADatabase() throws Exception {
        refuses("""
                preConditions: [{onFail: MARK_RAN}, {tableExists: {tableName: patients}}]
                changes: [{sql: {sql: SELECT 1}}]
                """, "preconditions");
        refuses("changes: [{customChange: {class: " + Custom.class.getName() + "}}]", "customChange");
        refuses("changes: [{executeCommand: {executable: \"true\"}}]", "executeCommand");
        refuses("failOnError: false\nchanges: [{sql: {sql: SELECT 1}}]", "failOnError");
    }
}
