package dev.belay.postgres.validation;

import dev.belay.validation.Validator;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Checks of the application behind the database. @since 0.1 */
public final class Health {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Health() {}

    /**
     * A GET of this address is answered with a status of 200 to 299: 10 seconds for each try, tries for up to 30 seconds.
     * Redirections are not followed. Looks only at production, after the commit. Messages leave out the address's user and query.
     *
     * @throws IllegalArgumentException when it is no http or https address with a host
     */
    public static Validator answers(URI address) {
        return answers(address, TIMEOUT, PATIENCE);
    }

    /**
     * The same as {@link #answers(URI)} with other limits.
     *
     * @param timeout of a single try
     * @param patience how long to try again; zero for a single try
     * @throws IllegalArgumentException when the address is none, the timeout isn't positive or the patience is negative
     */
    public static Validator answers(URI address, Duration timeout, Duration patience) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
            throw new IllegalArgumentException("Health.answers: the address must be http://host… or https://host…");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("Health.answers: the timeout must be positive, not " + timeout);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("Health.answers: the patience must not be negative: " + patience);
        }
        return new HealthAnswers(address, timeout, patience);
    }
}
