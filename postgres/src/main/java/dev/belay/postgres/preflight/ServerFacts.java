package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import java.sql.SQLException;
import org.jooq.Record;

/** What the server, the database and the role are like; one query. Sizes are in bytes, a limit of -1 is none. */
record ServerFacts(
        int major,
        String version,
        boolean standby,
        boolean readOnly,
        int backendPid,
        String role,
        boolean superuser,
        boolean createsDatabases,
        boolean ownsDatabase,
        boolean createsSchemas,
        boolean signalsBackends,
        boolean seesSessions,
        long databaseBytes,
        long maxConnections,
        long reservedConnections,
        long connections,
        long databaseLimit,
        long databaseConnections,
        long roleLimit,
        long roleConnections,
        String dataDirectory,
        boolean local) {

    /** Connections are counted by database, as other roles' sessions say nothing about themselves to a plain role. */
    private static final String ALL = """
            SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS version,
                   pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only')::boolean AS read_only,
                   pg_backend_pid() AS pid, r.rolname AS role, r.rolsuper AS superuser,
                   r.rolsuper OR r.rolcreatedb AS creates_databases,
                   pg_has_role(d.datdba, 'USAGE') AS owns_database,
                   has_database_privilege(d.oid, 'CREATE')
                       OR coalesce(has_schema_privilege(to_regnamespace('belay'), 'CREATE'), false) AS creates_schemas,
                   r.rolsuper OR pg_has_role('pg_signal_backend', 'USAGE') AS signals_backends,
                   r.rolsuper OR pg_has_role('pg_read_all_stats', 'USAGE') AS sees_sessions,
                   pg_database_size(d.oid) AS database_bytes,
                   current_setting('max_connections')::int AS max_connections,
                   current_setting('superuser_reserved_connections')::int
                       + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved_connections,
                   (SELECT sum(numbackends) FROM pg_stat_database WHERE datid <> 0) AS connections,
                   d.datconnlimit AS database_limit,
                   (SELECT numbackends FROM pg_stat_database s WHERE s.datid = d.oid) AS database_connections,
                   r.rolconnlimit AS role_limit,
                   (SELECT count(*) FROM pg_stat_activity a WHERE a.usesysid = r.oid) AS role_connections,
                   coalesce((SELECT setting FROM pg_settings WHERE name = 'data_directory'), '') AS data_directory,
                   coalesce(inet_server_addr() <<= '127.0.0.0/8'::inet OR inet_server_addr() = '::1'::inet, true) AS local
            FROM pg_database d, pg_roles r
            WHERE d.datname = current_database() AND r.rolname = current_user
            """;

    static ServerFacts ask(Catalog catalog) throws SQLException {
        return catalog.row(ALL, ServerFacts::from);
    }

    private static ServerFacts from(Record row) {
        return new ServerFacts(
                (int) Catalog.number(row, "major"),
                Catalog.text(row, "version"),
                Catalog.flag(row, "standby"),
                Catalog.flag(row, "read_only"),
                (int) Catalog.number(row, "pid"),
                Catalog.text(row, "role"),
                Catalog.flag(row, "superuser"),
                Catalog.flag(row, "creates_databases"),
                Catalog.flag(row, "owns_database"),
                Catalog.flag(row, "creates_schemas"),
                Catalog.flag(row, "signals_backends"),
                Catalog.flag(row, "sees_sessions"),
                Catalog.number(row, "database_bytes"),
                Catalog.number(row, "max_connections"),
                Catalog.number(row, "reserved_connections"),
                Catalog.number(row, "connections"),
                Catalog.number(row, "database_limit"),
                Catalog.number(row, "database_connections"),
                Catalog.number(row, "role_limit"),
                Catalog.number(row, "role_connections"),
                Catalog.text(row, "data_directory"),
                Catalog.flag(row, "local"));
    }
}
