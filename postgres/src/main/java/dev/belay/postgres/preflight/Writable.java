package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.util.List;

/** Looks at whether the server takes writes. */
record Writable() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "writable",
            "whether the server takes writes",
            "critical when it is a standby or read-only by default",
            "none of its own",
            "Connect to the primary; reset default_transaction_read_only for the role or the database.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    @Override
    public List<Finding> look(Situation situation) {
        if (situation.facts().standby()) {
            return List.of(critical("the server is a standby: it takes no writes.", "Connect to the primary."));
        }
        return situation.facts().readOnly()
                ? List.of(critical(
                        "transactions are read-only by default for this role or database.",
                        "Set default_transaction_read_only to off for them."))
                : List.of();
    }
}
