package dev.belay.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.PostgresDatabase;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** HikariCP is optional; here, as with most users' tests, it isn't on the class path. */
class WithoutHikariTest {
    @Test
    void isNotThere() {
        assertThatThrownBy(() -> Class.forName("com.zaxxer.hikari.HikariDataSource"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void takesADataSourceOfTheDriver() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://db.example.org/clinic");
        source.setUser("anna");
        assertThat(PostgresDatabase.of(source).location()).isEqualTo("db.example.org:5432/clinic");
    }

    @Test
    void refusesADataSourceThatItDoesNotKnow() {
        DataSource unknown = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> null);
        assertThatThrownBy(() -> PostgresDatabase.of(unknown))
                .isInstanceOf(InvalidDatabaseUrlException.class)
                .hasMessageContaining("doesn't tell its URL, user and password")
                .hasMessageContaining("PostgresDatabase.at(url, user, password)");
    }
}
