package dev.belay.postgres.history;

import dev.belay.BelayException;

/** The registry of Sqitch is not one that the plan can go on with. */
public final class SqitchRegistryException extends BelayException {
    private static final long serialVersionUID = 1L;

    private SqitchRegistryException(String message) {
        super(message);
    }

    static SqitchRegistryException ofVersion(String registry, String version, String known) {
        return new SqitchRegistryException("The registry of Sqitch in schema " + registry + " has version " + version
                + ", and Belay keeps version " + known + ". Nothing was changed.\n"
                + "Bring an older one up to date: sqitch upgrade. For a newer one use a newer Belay.");
    }

    static SqitchRegistryException ofProject(String registry, String project, String uri, String recorded) {
        return new SqitchRegistryException("Project " + project + " is in the registry of Sqitch in schema " + registry
                + " with " + named(recorded) + ", and the plan has " + named(uri)
                + ": Sqitch takes them for two projects"
                + " of one name. Nothing was changed.\n"
                + "Correct %uri in the plan, or give the project another name.");
    }

    private static String named(String uri) {
        return uri.isEmpty() ? "no URI" : "the URI " + uri;
    }
}
