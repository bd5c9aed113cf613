package dev.belay.postgres.connection.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest {
    @TempDir
    Path home;

    private Connector at(String url, Map<String, String> variables) {
        return Connector.at(url, Optional.empty(), new Surroundings(variables, home, "me"));
    }

    @Test
    void decodesWhatLibpqUrlsEncode() {
        Connector connector = at("postgresql://an%40na:s%3Ae%2Fcret%25@[::1]:5433/my%20db?sslmode=require", Map.of());
        assertThat(connector.clientEnvironment())
                .containsEntry("PGUSER", "an@na")
                .containsEntry("PGPASSWORD", "s:e/cret%")
                .containsEntry("PGHOST", "::1")
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDATABASE", "my db")
                .containsEntry("PGSSLMODE", "require");
        assertThat(connector.toString()).isEqualTo("an@na@[::1]:5433/my db");
    }

    @Test
    void takesSocketFoldersFromQueryAndAuthority() {
        String query =
                at("postgresql:///db?host=/run/postgresql&port=6000", Map.of()).location();
        String authority =
                at("postgres://%2Frun%2Fpostgresql:6000/db", Map.of()).location();
        assertThat(query).isEqualTo(authority).isEqualTo("/run/postgresql:6000/db");
    }

    @Test
    void takesSeveralHosts() {
        assertThat(at("postgresql://a:1,b/db", Map.of()).clientEnvironment())
                .containsEntry("PGHOST", "a,b")
                .containsEntry("PGPORT", "1,5432");
    }

    @Test
    void readsUserAndPasswordOfJdbcUrls() {
        assertThat(at("jdbc:postgresql://h/db?user=u&password=p%2Bq&ssl=true", Map.of())
                        .clientEnvironment())
                .containsEntry("PGUSER", "u")
                .containsEntry("PGPASSWORD", "p+q")
                .containsEntry("PGSSLMODE", "verify-full");
    }

    @Test
    void namesAnUnknownParameter() {
        assertThatThrownBy(() -> at("postgresql://h/db?pgbouncer=true", Map.of()))
                .isInstanceOf(InvalidDatabaseUrlException.class)
                .hasMessageContaining("\"pgbouncer\"");
    }

    @Test
    void doesNotRepeatAPasswordThatWasNotEncoded() {
        assertThatThrownBy(() -> at("postgresql://u:s3cret/x@h/db", Map.of()))
                .isInstanceOf(InvalidDatabaseUrlException.class)
                .hasMessageContaining("percent-encoded")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void findsThePasswordInTheEnvironmentThenInTheFile() throws IOException {
        Path file = Files.writeString(home.resolve(".pgpass"), "# mine\nother:*:*:*:no\nh:*:d\\:b:u:f\\\\ile\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(at("postgresql://u@h/d:b", Map.of("A", "b")).clientEnvironment())
                .containsEntry("PGPASSWORD", "f\\ile");
        assertThat(at("postgresql://u@h/d:b", Map.of("POSTGRES_PASSWORD", "env"))
                        .clientEnvironment())
                .containsEntry("PGPASSWORD", "env");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(at("postgresql://u@h/d:b", Map.of("A", "b")).clientEnvironment())
                .doesNotContainKey("PGPASSWORD");
    }
}
