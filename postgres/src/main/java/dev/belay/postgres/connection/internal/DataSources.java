package dev.belay.postgres.connection.internal;

import com.zaxxer.hikari.HikariDataSource;
import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.common.BaseDataSource;

/** Takes from a data source what it takes to connect without it. */
public final class DataSources {
    private DataSources() {}

    /** The database behind a data source. */
    public static Connector connector(DataSource dataSource) {
        if (dataSource instanceof BaseDataSource own) {
            return fromDriver(own);
        }
        if (hasHikari() && dataSource instanceof HikariDataSource pool) {
            return fromPool(pool);
        }
        throw refused(dataSource, "it doesn't tell its URL, user and password");
    }

    private static boolean hasHikari() {
        try {
            Class.forName("com.zaxxer.hikari.HikariDataSource");
            return true;
        } catch (ClassNotFoundException e) {
            return false; // an optional dependency: without it no data source is one of its
        }
    }

    private static Connector fromDriver(BaseDataSource source) {
        return Connector.at(source.getURL(), text(source.getUser()), text(source.getPassword()), Map.of());
    }

    private static Connector fromPool(HikariDataSource pool) {
        DataSource inner = pool.getDataSource();
        if (inner != null) {
            return connector(inner);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        Properties given = pool.getDataSourceProperties();
        given.stringPropertyNames().forEach(name -> properties.put(name, given.getProperty(name)));
        String user = Optional.ofNullable(pool.getUsername()).orElse(text(properties.remove("user")));
        String password = Optional.ofNullable(pool.getPassword()).orElse(text(properties.remove("password")));
        properties.remove("user");
        properties.remove("password");
        if (pool.getJdbcUrl() != null) {
            properties.keySet().removeIf(name -> PGProperty.forName(name) == null);
            return Connector.at(pool.getJdbcUrl(), user, password, properties);
        }
        String server = properties.getOrDefault("serverName", "");
        String database = properties.getOrDefault("databaseName", "");
        if (server.isEmpty() || database.isEmpty()) {
            throw refused(pool, "the pool has neither a jdbcUrl nor the properties serverName and databaseName");
        }
        String url = "jdbc:postgresql://" + server + ":" + properties.getOrDefault("portNumber", "5432") + "/"
                + java.net.URLEncoder.encode(database, java.nio.charset.StandardCharsets.UTF_8);
        properties.keySet().removeIf(name -> PGProperty.forName(name) == null);
        return Connector.at(url, user, password, properties);
    }

    private static InvalidDatabaseUrlException refused(DataSource dataSource, String why) {
        return new InvalidDatabaseUrlException(
                "Belay can't use this " + dataSource.getClass().getName() + ": " + why
                        + ". It needs them because pg_dump and pg_restore connect by themselves, and because it makes databases beside"
                        + " this one. Give a HikariDataSource, a PGSimpleDataSource, or PostgresDatabase.at(url, user, password).");
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
