package dev.belay.postgres.connection.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.net.URL;
import java.net.URLClassLoader;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** Where a pool leads is read from its settings; none of its connections is taken. */
class DataSourcesTest {
    @Test
    void readsThePoolsUrl() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://db.example.org:5433/clinic?sslmode=require");
            pool.setUsername("anna");
            pool.setPassword("secret");
            Connector connector = DataSources.connector(pool);
            assertThat(connector.location()).isEqualTo("db.example.org:5433/clinic");
            assertThat(connector.clientEnvironment())
                    .containsEntry("PGUSER", "anna")
                    .containsEntry("PGPASSWORD", "secret")
                    .containsEntry("PGSSLMODE", "require");
        }
    }

    @Test
    void readsThePoolsProperties() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSourceClassName(PGSimpleDataSource.class.getName());
            pool.addDataSourceProperty("serverName", "db.example.org");
            pool.addDataSourceProperty("databaseName", "the clinic");
            pool.addDataSourceProperty("user", "anna");
            assertThat(DataSources.connector(pool).location()).isEqualTo("db.example.org:5432/the clinic");
        }
    }

    @Test
    void readsTheDataSourceInThePool() {
        PGSimpleDataSource inner = new PGSimpleDataSource();
        inner.setUrl("jdbc:postgresql://db.example.org/clinic");
        inner.setUser("anna");
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(inner);
            assertThat(DataSources.connector(pool).location()).isEqualTo("db.example.org:5432/clinic");
        }
    }

    @Test
    void saysWhatToDoWithAPoolOfAnotherClassLoader() throws Exception {
        URL[] jars = {
            HikariDataSource.class.getProtectionDomain().getCodeSource().getLocation(),
            LoggerFactory.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader other = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            DataSource pool = (DataSource) other.loadClass(HikariDataSource.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThatThrownBy(() -> DataSources.connector(pool))
                    .isInstanceOf(InvalidDatabaseUrlException.class)
                    .hasMessageContaining("Put com.zaxxer:HikariCP where Belay is")
                    .hasMessageContaining("PostgresDatabase.at(url, user, password)");
        }
    }

    @Test
    void refusesAPoolThatLeadsNowhere() {
        try (HikariDataSource pool = new HikariDataSource()) {
            assertThatThrownBy(() -> DataSources.connector(pool))
                    .isInstanceOf(InvalidDatabaseUrlException.class)
                    .hasMessageContaining("neither a jdbcUrl nor the properties");
        }
    }
}
