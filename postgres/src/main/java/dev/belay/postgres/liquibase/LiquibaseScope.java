package dev.belay.postgres.liquibase;

import dev.belay.revision.UnreadableRevisionsException;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import liquibase.Scope;
import liquibase.Scope.ScopedRunnerWithReturn;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/** What Liquibase finds around itself: it writes nothing to the console, and tells nobody outside that it runs. */
final class LiquibaseScope {
    private static final int DEPLOYMENT_DIGITS = 10;

    private LiquibaseScope() {}

    static <T> T call(Changelog changelog, Callable<T> work) {
        Map<String, Object> values = Map.of(
                Scope.Attr.ui.name(),
                new LoggerUIService(),
                Scope.Attr.logService.name(),
                new SilentLog(),
                Scope.Attr.resourceAccessor.name(),
                files(changelog.directory()),
                Scope.Attr.deploymentId.name(),
                deployment(),
                "liquibase.analytics.enabled",
                false);
        try {
            return Scope.child(values, (ScopedRunnerWithReturn<T>) work::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseFailedException("", Failure.describe(e), e);
        }
    }

    /** As Liquibase makes it: the last ten digits of the milliseconds. */
    private static String deployment() {
        String millis = Long.toString(System.currentTimeMillis());
        return millis.substring(millis.length() - DEPLOYMENT_DIGITS);
    }

    static ResourceAccessor files(Path directory) {
        try {
            return new DirectoryResourceAccessor(directory);
        } catch (FileNotFoundException e) {
            throw new UnreadableRevisionsException(
                    directory.toString(), "there is no such directory. Create it, or name another.", e);
        }
    }
}
