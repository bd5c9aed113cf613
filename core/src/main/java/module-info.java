/** The plan, the pipeline and the interfaces of Belay; no PostgreSQL in it. */
module dev.belay {
    requires transitive java.sql;
    requires transitive org.jspecify;
    requires org.slf4j;
    requires io.github.resilience4j.retry;
    requires io.github.resilience4j.core;
    requires com.google.gson;

    exports dev.belay;
    exports dev.belay.backup;
    exports dev.belay.context;
    exports dev.belay.database;
    exports dev.belay.engine;
    exports dev.belay.layout;
    exports dev.belay.prove;
    exports dev.belay.report;
    exports dev.belay.revision;
    exports dev.belay.rollback;
    exports dev.belay.run;
    exports dev.belay.startup;
    exports dev.belay.testrun;
    exports dev.belay.validation;
}
