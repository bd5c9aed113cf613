package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.util.List;

/** Looks at the server's version. */
record ServerVersion() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "server-version",
            "the server's version",
            "critical below 14, minor above 18",
            "none of its own",
            "Use a server of version 14 to 18.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    @Override
    public List<Finding> look(Situation situation) {
        var facts = situation.facts();
        if (facts.major() < 14) {
            return List.of(critical("PostgreSQL " + facts.version() + " is not supported.", ABOUT.wayOut()));
        }
        return facts.major() > 18
                ? List.of(minor("PostgreSQL " + facts.version() + " is newer than what Belay was tested with."))
                : List.of();
    }
}
