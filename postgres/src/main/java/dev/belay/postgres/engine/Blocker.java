package dev.belay.postgres.engine;

/**
 * A session that stands in the way.
 *
 * @param pid its backend; 0 for a prepared transaction
 * @param application what it calls itself
 * @param user whom it is logged in as
 * @param state what it is doing
 * @param seconds since when its transaction is open
 */
record Blocker(int pid, String application, String user, String state, long seconds) {
    @Override
    public String toString() {
        if (pid == 0) {
            return "a prepared transaction";
        }
        return "pid " + pid + " (" + (application.isEmpty() ? "no application name" : application) + ", user " + user
                + ", " + state + ", its transaction open for " + seconds + " s)";
    }
}
