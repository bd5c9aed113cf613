package dev.belay.postgres.liquibase;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/** Liquibase's log shows statements with their literals; what it has to say that can be shown is in the run's report. */
final class SilentLog extends AbstractLogService {
    private static final class Silent extends AbstractLogger {
        @Override
        public void log(Level level, String message, @Nullable Throwable e) {
            // nothing is written
        }
    }

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Logger getLog(Class clazz) {
        return new Silent();
    }
}
