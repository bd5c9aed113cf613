package dev.belay.strategies;

// tag::rollback[]
import dev.belay.rollback.RollbackContext;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackStrategy;

/** Shows a maintenance page while another strategy takes the change back. */
public record WithMaintenancePage(RollbackStrategy original, Runnable show, Runnable hide) implements RollbackStrategy {
    @Override
    public RollbackResult rollback(RollbackContext context) throws Exception {
        show.run();
        context.note("The maintenance page is shown during the rollback.");
        RollbackResult result = original.rollback(context);
        // only when it succeeded: a database that needs a person needs the page too
        hide.run();
        return result;
    }

    @Override
    public String describe() {
        return original.describe() + " behind a maintenance page";
    }
}
// end::rollback[]
