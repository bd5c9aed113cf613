package dev.belay.testkit.contract;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A small database with what makes backups and copies hard: keys, sequences, binary data, an enum, a view. */
final class ClinicDatabase implements AutoCloseable {
    private static final String CONTENT = """
            CREATE TYPE mood AS ENUM ('fine', 'ill');
            CREATE TABLE patients (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              name text NOT NULL, state mood, picture bytea, tags text[] NOT NULL DEFAULT '{}');
            CREATE TABLE visits (
              id serial PRIMARY KEY, patient_id bigint NOT NULL REFERENCES patients, at timestamptz NOT NULL, fee numeric);
            CREATE INDEX visits_patient ON visits (patient_id);
            CREATE VIEW ill AS SELECT * FROM patients WHERE state = 'ill';
            INSERT INTO patients (name, state, picture, tags)
              SELECT 'Patient ' || i, (ARRAY['fine', 'ill', NULL]::mood[])[1 + i % 3], sha256(i::text::bytea), ARRAY['t' || i % 5]
              FROM generate_series(1, 500) i;
            INSERT INTO visits (patient_id, at, fee)
              SELECT 1 + i % 500, timestamptz '2026-01-01 08:00+00' + i * interval '1 hour', i * 1.10
              FROM generate_series(1, 2000) i;
            """;

    private final PostgresServer server = PostgresServers.shared();
    private final String name = server.createUniqueDatabase("contract");

    ClinicDatabase() throws SQLException {
        execute(CONTENT);
    }

    PostgresDatabase database() {
        return PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.dropDatabase(name);
    }
}
