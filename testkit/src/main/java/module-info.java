/** Servers for tests, published contract tests and assertions. */
module dev.belay.testkit {
    requires transitive dev.belay.postgres;
    requires org.junit.jupiter.api;
    requires org.assertj.core;
    requires org.slf4j;
    requires static testcontainers;
    requires static embedded.postgres;

    exports dev.belay.testkit.contract;
    exports dev.belay.testkit.server;
}
