package dev.belay.postgres.alembic;

import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.Connection;
import java.util.Map;

/** No database: who wants the SQL alone connects to none, and an env.py that connects all the same fails. */
record Nowhere(String name) implements PostgresEndpoint {
    @Override
    public String location() {
        return "nowhere";
    }

    @Override
    public Connection connect() {
        throw new UnsupportedOperationException("there is no database");
    }

    @Override
    public Connection connect(String purpose) {
        return connect();
    }

    @Override
    public Map<String, String> clientEnvironment() {
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", "1", "PGUSER", "nobody", "PGDATABASE", name);
    }

    @Override
    public PostgresEndpoint named(String other) {
        return new Nowhere(other);
    }
}
