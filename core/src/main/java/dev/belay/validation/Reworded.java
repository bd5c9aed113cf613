package dev.belay.validation;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A validator with one of its traits changed. */
record Reworded(Validator original, boolean asMinor, boolean late) implements Validator {
    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        List<Finding> findings = original.validate(context);
        return asMinor ? findings.stream().map(f -> f.as(Severity.MINOR)).toList() : findings;
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public Map<String, String> remember(ValidationContext context) throws SQLException {
        return original.remember(context);
    }

    @Override
    public boolean needsCommit() {
        return late || original.needsCommit();
    }

    @Override
    public boolean runsOnCopy() {
        return original.runsOnCopy();
    }

    @Override
    public boolean isInvariant() {
        return original.isInvariant();
    }

    @Override
    public String toString() {
        return original + (asMinor ? ".minor()" : ".afterCommit()");
    }
}
