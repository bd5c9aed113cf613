package dev.belay.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The same trivial migrations for each tool: one in ten makes a table, the others add a column to it. */
record StartFiles(Path work) {
    Path belay() {
        return work.resolve("belay");
    }

    Path flyway() {
        return work.resolve("flyway");
    }

    Path liquibase() {
        return work.resolve("liquibase");
    }

    void write(int migrations) throws IOException {
        Files.createDirectories(belay());
        Files.createDirectories(flyway());
        Files.createDirectories(liquibase().resolve("sql"));
        for (int i = 1; i <= migrations; i++) {
            String sql = statement(i);
            String parent = i == 1 ? "" : String.format(Locale.ROOT, "-- belay:parents %08d\n", i - 1);
            Files.writeString(
                    belay().resolve(String.format(Locale.ROOT, "20261121_0000_%08d_change.sql", i)),
                    String.format(Locale.ROOT, "-- belay:revision %08d\n", i) + parent + "-- belay:upgrade\n" + sql
                            + ";\n-- belay:irreversible a benchmark\n");
            Files.writeString(flyway().resolve(String.format(Locale.ROOT, "V%05d__change.sql", i)), sql + ";\n");
            Files.writeString(
                    liquibase().resolve(String.format(Locale.ROOT, "sql/%05d_change.sql", i)),
                    "--liquibase formatted sql\n\n--changeset bench:" + i + "\n" + sql + ";\n");
        }
        Files.writeString(liquibase().resolve("master.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <includeAll path="sql/" relativeToChangelogFile="true"/>
                </databaseChangeLog>
                """);
    }

    private static String statement(int i) {
        int table = (i - 1) / 10;
        return (i - 1) % 10 == 0
                ? "CREATE TABLE t_" + table + " (id bigint PRIMARY KEY, name text)"
                : "ALTER TABLE t_" + table + " ADD COLUMN c_" + i + " integer";
    }
}
