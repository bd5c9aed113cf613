package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.InvalidDatabaseUrlException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.common.BaseDataSource;

/** Takes from a data source what it takes to connect without it. */
public final class DataSources {
    private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";

    private DataSources() {}

    /** The database behind a data source. */
    public static Connector connector(DataSource dataSource) {
        if (dataSource instanceof BaseDataSource own) {
            return fromDriver(own);
        }
        if (hasHikari() && HikariPools.isOne(dataSource)) {
            return HikariPools.connector(dataSource);
        }
        throw refused(
                dataSource,
                isNamedAsHikari(dataSource)
                        ? "Belay sees no HikariCP, or another one. Put com.zaxxer:HikariCP where Belay is"
                        : "it doesn't tell its URL, user and password");
    }

    private static boolean hasHikari() {
        try {
            Class.forName(HIKARI);
            return true;
        } catch (ClassNotFoundException e) {
            return false; // an optional dependency: without it no data source is one of its
        }
    }

    /** A pool that another class loader than ours knows, as in an application server. */
    private static boolean isNamedAsHikari(DataSource dataSource) {
        for (Class<?> type = dataSource.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(HIKARI)) {
                return true;
            }
        }
        return false;
    }

    private static Connector fromDriver(BaseDataSource source) {
        return Connector.at(source.getURL(), text(source.getUser()), text(source.getPassword()), Map.of());
    }

    static InvalidDatabaseUrlException refused(DataSource dataSource, String why) {
        return new InvalidDatabaseUrlException(
                "Belay can't use this " + dataSource.getClass().getName() + ": " + why
                        + ". It needs them because pg_dump and pg_restore connect by themselves, and because it makes databases beside"
                        + " this one. Give a HikariDataSource, a PGSimpleDataSource, or PostgresDatabase.at(url, user, password).");
    }

    static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
