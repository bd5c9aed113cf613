package dev.belay.rollback;

import dev.belay.rollback.RollbackResult.Method;
import java.sql.SQLException;

/** Back by the revisions' own downgrades. */
record Downgrade() implements RollbackStrategy {
    @Override
    public RollbackResult rollback(RollbackContext context) throws SQLException {
        context.downgrade();
        context.validate(context.database());
        return RollbackResult.succeeded(Method.DOWNGRADE, "The revisions were taken back to the recorded ones.");
    }

    @Override
    public String describe() {
        return "downgrade";
    }
}
