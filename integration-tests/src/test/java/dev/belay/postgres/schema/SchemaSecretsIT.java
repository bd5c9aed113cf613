package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.SchemaDifference;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What connects a database with others is seen, but not the secrets it takes. */
class SchemaSecretsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    private final String name = SERVER.createUniqueDatabase("schema_secrets");
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = SERVER.connect(name);
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        SERVER.dropDatabase(name);
    }

    @Test
    void showsNoSecretOption() throws SQLException {
        execute("CREATE FOREIGN DATA WRAPPER wire OPTIONS (debug 'on', secret_key 'hush1')");
        execute("CREATE SERVER far FOREIGN DATA WRAPPER wire OPTIONS (host 'h', api_key 'hush2', sslpassword 'hush3')");
        execute(
                "CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (\"user\" 'bob', password 'hush4', anything 'hush5')");

        SchemaSnapshot before = SchemaSnapshot.of(connection);
        assertThat(before.toJson())
                .doesNotContain("hush")
                .contains("debug 'on', secret_key (not shown)")
                .contains("api_key (not shown), host 'h', sslpassword (not shown)")
                .contains("anything (not shown), password (not shown), \\\"user\\\" 'bob'");

        execute("ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (SET password 'hush6')");
        assertThat(before.differencesTo(SchemaSnapshot.of(connection))).isEmpty();
        execute("ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (DROP password)");
        assertThat(before.differencesTo(SchemaSnapshot.of(connection)))
                .singleElement()
                .returns("user mapping public on server far", d -> d.kind() + " " + d.object());
    }

    /** In one database: those of another one aren't copied with it, and one that has some can't be dropped. */
    @Test
    void seesSubscriptionsButNotWhatTheyConnectTo() throws SQLException {
        SchemaSnapshot none = SchemaSnapshot.of(connection);
        execute("CREATE SUBSCRIPTION news CONNECTION 'host=hush dbname=d' PUBLICATION p"
                + " WITH (connect = false, slot_name = NONE)");
        try {
            SchemaSnapshot one = SchemaSnapshot.of(connection);
            assertThat(none.differencesTo(one)).containsExactly(SchemaDifference.added("subscription", "news"));
            assertThat(one.toJson()).doesNotContain("hush");
            expect("ALTER SUBSCRIPTION news CONNECTION 'host=other dbname=d'");
            expect("ALTER SUBSCRIPTION news SET PUBLICATION p, q WITH (refresh = false)", "publications");
            expect("ALTER SUBSCRIPTION news SET (slot_name = 'slot')", "slot");
            expect("ALTER SUBSCRIPTION news SET (slot_name = NONE)", "slot");
            expect("ALTER SUBSCRIPTION news SET (binary = true)", "binary");
            expect("ALTER SUBSCRIPTION news SET (synchronous_commit = on)", "synchronous commit");
            expect("COMMENT ON SUBSCRIPTION news IS 'from afar'", "comment");
            if (SERVER.majorVersion() >= 15) {
                expect("ALTER SUBSCRIPTION news SET (disable_on_error = true)", "disable on error");
            }
            if (SERVER.majorVersion() >= 16) {
                expect("ALTER SUBSCRIPTION news SET (origin = none)", "origin");
                expect("ALTER SUBSCRIPTION news SET (password_required = false)", "password required");
                expect("ALTER SUBSCRIPTION news SET (run_as_owner = true)", "run as owner");
            }
        } finally {
            execute("DROP SUBSCRIPTION news");
        }
    }

    private void expect(String sql, String... attributes) throws SQLException {
        SchemaSnapshot before = SchemaSnapshot.of(connection);
        execute(sql);
        assertThat(before.differencesTo(SchemaSnapshot.of(connection)))
                .as(sql)
                .extracting(difference -> difference.attribute().orElse(""))
                .containsExactly(attributes);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
