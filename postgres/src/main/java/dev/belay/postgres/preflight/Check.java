package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** One thing that is looked at before a run. */
interface Check {
    /** What it is, for documentation. */
    PreflightCheck about();

    /** What is wrong. */
    List<Finding> look(Situation situation) throws SQLException;

    /** A finding that refuses the run. */
    default Finding critical(String message, String wayOut) {
        return Finding.critical(about().id(), message, wayOut);
    }

    /** A finding that is reported, with this check's way out. */
    default Finding minor(String message) {
        return Finding.minor(about().id(), message, about().wayOut());
    }
}
