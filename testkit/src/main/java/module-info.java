/** Servers for tests, published contract tests and assertions. */
module dev.belay.testkit {
    requires transitive dev.belay.postgres;
    requires transitive org.junit.jupiter.api;
    requires java.naming;
    requires transitive org.assertj.core;
    requires transitive org.junit.platform.commons;
    requires org.junit.platform.engine;
    requires org.opentest4j;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static testcontainers;
    requires static embedded.postgres;

    exports dev.belay.testkit.assertj;
    exports dev.belay.testkit.contract;
    exports dev.belay.testkit.fault;
    exports dev.belay.testkit.junit;
    exports dev.belay.testkit.server;

    provides org.junit.platform.engine.TestEngine with
            dev.belay.testkit.junit.internal.RevisionsEngine;
}
