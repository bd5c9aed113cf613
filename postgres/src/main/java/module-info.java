/** Every interface of Belay's core made real on PostgreSQL. */
module dev.belay.postgres {
    requires transitive dev.belay;
    requires com.google.gson;
    requires java.net.http;
    requires org.jooq;
    requires org.postgresql.jdbc;
    requires static com.zaxxer.hikari;
    requires static flyway.core;
    // Only the compiler and javadoc look for it: classes of jOOQ are annotated with it.
    requires static jakarta.xml.bind;
    requires static liquibase.core;
    requires org.slf4j;
    requires io.github.resilience4j.retry;
    requires io.github.resilience4j.core;

    exports dev.belay.postgres;
    exports dev.belay.postgres.alembic;
    exports dev.belay.postgres.backup;
    exports dev.belay.postgres.command;
    exports dev.belay.postgres.connection;
    exports dev.belay.postgres.copies;
    exports dev.belay.postgres.layout;
    exports dev.belay.postgres.liquibase;
    exports dev.belay.postgres.run;
    exports dev.belay.postgres.sample;
    exports dev.belay.postgres.tools;
    exports dev.belay.postgres.engine;
    exports dev.belay.postgres.flyway;
    exports dev.belay.postgres.preflight;
    exports dev.belay.postgres.schema;
    exports dev.belay.postgres.testrun;
    exports dev.belay.postgres.validation;

    opens dev.belay.postgres.backup to
            com.google.gson;
    opens dev.belay.postgres.lossless to
            com.google.gson;
}
