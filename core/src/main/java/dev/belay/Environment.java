package dev.belay;

import dev.belay.backup.ProofLevel;

/**
 * A named set of defaults; everything in it can be overridden in the plan.
 *
 * @param name for reports
 * @param backsUp whether a backup is taken
 * @param proof how far the backup is proven
 * @param testsFirst whether the change is tried on a copy
 * @param skipsNeedReason whether leaving out a safety step needs a reason
 * @since 0.1
 */
public record Environment(String name, boolean backsUp, ProofLevel proof, boolean testsFirst, boolean skipsNeedReason) {
    /** A developer's database, which can be made anew: no backup, no test run; a failure is rolled back by downgrade. */
    public static final Environment DEVELOPMENT = new Environment("development", false, ProofLevel.NONE, false, false);

    /** A rehearsal stage: a backup that was restored, and the test run on it. */
    public static final Environment STAGING = new Environment("staging", true, ProofLevel.RESTORED, true, false);

    /** The default: a backup proven by comparison, the test run on it, and no skip without a reason. */
    public static final Environment PRODUCTION = new Environment("production", true, ProofLevel.COMPARED, true, true);

    /**
     * One of the three by its name.
     *
     * @throws IllegalArgumentException for another name
     */
    public static Environment named(String name) {
        return switch (name) {
            case "development" -> DEVELOPMENT;
            case "staging" -> STAGING;
            case "production" -> PRODUCTION;
            default ->
                throw new IllegalArgumentException(
                        "environment \"" + name + "\" is unknown: development, staging or production");
        };
    }
}
