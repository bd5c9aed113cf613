package dev.belay.run.internal;

import dev.belay.BelayException;
import java.util.List;

/** At least one critical finding. */
final class ValidationFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    ValidationFailedException(String where, List<String> critical) {
        super(critical.size() + (critical.size() == 1 ? " critical finding " : " critical findings ") + where + ": "
                + String.join("; ", critical));
    }
}
