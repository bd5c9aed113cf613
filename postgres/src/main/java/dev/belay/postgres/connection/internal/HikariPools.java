package dev.belay.postgres.connection.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;

/** All that is known of HikariCP, an optional dependency: only to be touched where its classes are there. */
final class HikariPools {
    private HikariPools() {}

    static boolean isOne(DataSource dataSource) {
        return dataSource instanceof HikariDataSource;
    }

    static Connector connector(DataSource dataSource) {
        HikariDataSource pool = (HikariDataSource) dataSource;
        DataSource inner = pool.getDataSource();
        if (inner != null) {
            return DataSources.connector(inner);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        Properties given = pool.getDataSourceProperties();
        given.stringPropertyNames().forEach(name -> properties.put(name, given.getProperty(name)));
        String user = Optional.ofNullable(pool.getUsername()).orElse(DataSources.text(properties.remove("user")));
        String password =
                Optional.ofNullable(pool.getPassword()).orElse(DataSources.text(properties.remove("password")));
        properties.remove("user");
        properties.remove("password");
        if (pool.getJdbcUrl() != null) {
            properties.keySet().removeIf(name -> PGProperty.forName(name) == null);
            return Connector.at(pool.getJdbcUrl(), user, password, properties);
        }
        String server = properties.getOrDefault("serverName", "");
        String database = properties.getOrDefault("databaseName", "");
        if (server.isEmpty() || database.isEmpty()) {
            throw DataSources.refused(
                    pool, "the pool has neither a jdbcUrl nor the properties serverName and databaseName");
        }
        String url = "jdbc:postgresql://" + server + ":" + properties.getOrDefault("portNumber", "5432") + "/"
                + java.net.URLEncoder.encode(database, java.nio.charset.StandardCharsets.UTF_8);
        properties.keySet().removeIf(name -> PGProperty.forName(name) == null);
        return Connector.at(url, user, password, properties);
    }
}
