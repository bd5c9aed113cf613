package dev.belay.run;

import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at everything that can be known before anything is done. Changes nothing. Thread-safe. @since 0.1 */
@FunctionalInterface
public interface Preflight {
    /** What stands in the way (critical: the run is refused) or deserves a look (minor). */
    List<Finding> check(PreflightContext context) throws SQLException;
}
