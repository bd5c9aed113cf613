/** The plan, the pipeline and the interfaces of Belay; no PostgreSQL in it. */
module dev.belay {
    requires transitive java.sql;
    requires transitive org.jspecify;
    requires org.slf4j;
    requires io.github.resilience4j.retry;
    requires io.github.resilience4j.core;
    requires com.google.gson;

    exports dev.belay;
    exports dev.belay.revision;
}
