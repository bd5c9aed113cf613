package dev.belay.cli;

/** The library's log, on standard error. The program tells the steps itself, so the log begins with {@code -v}. */
final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Must come before the first logger is made. */
    static void configure(int verbosity) {
        String own = verbosity <= 0 ? "off" : verbosity == 1 ? "info" : "debug";
        String others = verbosity <= 0 ? "off" : verbosity == 1 ? "warn" : "info";
        System.setProperty(PREFIX + "logFile", "System.err");
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        System.setProperty(PREFIX + "defaultLogLevel", others);
        System.setProperty(PREFIX + "log.dev.belay", own);
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }
}
