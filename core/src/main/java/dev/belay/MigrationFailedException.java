package dev.belay;

import dev.belay.report.MigrationReport;
import org.jspecify.annotations.Nullable;

/** A run didn't do what it should; its report says what happened and in which state the database is. @since 0.1 */
public final class MigrationFailedException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final transient MigrationReport report;

    MigrationFailedException(MigrationReport report, @Nullable Throwable cause) {
        super(message(report), cause);
        this.report = report;
    }

    private static String message(MigrationReport report) {
        String what = report.error().orElse("The run failed.");
        String backup =
                report.backup().map(b -> " The backup is " + b.location() + ".").orElse("");
        return switch (report.outcome()) {
            case REFUSED -> what + "\nThe database is as it was before." + backup;
            case ROLLED_BACK -> what + "\nIt was rolled back: the database is as it was before." + backup;
            case RESTORED ->
                what + "\nThe backup was restored: the database is as it was when it was taken. "
                        + report.rollback().map(r -> r.detail()).orElse("");
            case FAILED ->
                what + "\nThe way back failed too; the database " + report.database() + " needs a person." + backup
                        + " Look with: belay status. Go back with: belay restore.";
            case APPLIED, UP_TO_DATE -> what;
        };
    }

    /** What the run did. */
    public MigrationReport report() {
        return report;
    }
}
