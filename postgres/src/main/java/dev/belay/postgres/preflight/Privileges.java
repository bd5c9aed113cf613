package dev.belay.postgres.preflight;

import dev.belay.validation.Finding;
import java.util.ArrayList;
import java.util.List;

/** Looks at what the role may do, as far as this plan needs it. */
record Privileges() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "privileges",
            "what the role may do, as far as this plan needs it",
            "critical where the run would fail; minor for ending other sessions",
            "none of its own",
            "Grant the role what is missing.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    @Override
    public List<Finding> look(Situation situation) {
        var facts = situation.facts();
        String role = "role \"" + facts.role() + "\" ";
        List<Finding> findings = new ArrayList<>();
        if (!facts.createsSchemas()) {
            findings.add(critical(
                    role + "may not create Belay's schema in the database.",
                    "GRANT CREATE ON DATABASE, or create schema belay with the role as its owner."));
        }
        if (situation.makesDatabases() && !facts.createsDatabases()) {
            findings.add(critical(
                    role + "may not create databases, which the copy or the restore needs.", "ALTER ROLE … CREATEDB."));
        }
        if (situation.context().mayRestore() && !facts.ownsDatabase()) {
            findings.add(critical(
                    role + "does not own the database and so can't rename it for a rollback by restore.",
                    "Grant the role membership in the database's owner."));
        }
        if (situation.context().mayRestore() && !facts.signalsBackends()) {
            findings.add(
                    minor(
                            role
                                    + "can't end sessions of other roles; a rollback by restore waits until they end. Grant pg_signal_backend."));
        }
        return findings;
    }
}
