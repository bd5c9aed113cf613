package dev.belay.cli;

/** What the program ends with; the contract with scripts that call it. */
final class ExitCode {
    /** Done, or nothing to do. */
    static final int DONE = 0;
    /** Not done; the database is as it was before. */
    static final int NOT_DONE = 1;
    /** The call is wrong: an option, a revision file, a target. */
    static final int USAGE = 2;
    /** The database needs a person: the way back failed too. */
    static final int NEEDS_A_PERSON = 3;
    /** Interrupted by a signal; what was begun is undone. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
