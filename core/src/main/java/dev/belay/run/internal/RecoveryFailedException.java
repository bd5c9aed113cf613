package dev.belay.run.internal;

import dev.belay.BelayException;

/** What an earlier run left can't be finished or undone without a person. */
final class RecoveryFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    private RecoveryFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    private RecoveryFailedException(String message) {
        super(message);
    }

    static RecoveryFailedException unreadable() {
        return new RecoveryFailedException("The journal of an earlier run can't be read: it is damaged, or of a newer"
                + " Belay. Nothing was done. Look at the table belay.journal and at the file .*.journal beside the backups;"
                + " when the database is as it should be: belay stamp REVISION.");
    }

    static RecoveryFailedException unknownState(JournalEntry entry, java.util.List<String> ids) {
        return new RecoveryFailedException("It can't be told what became of " + entry.words() + ": it set out from "
                + entry.before() + " to apply or take back " + entry.steps() + ", and the database now has " + ids
                + ". Nothing was done. Look at belay history and at its report; when the database is as it should be:"
                + " belay stamp REVISION.");
    }

    static RecoveryFailedException noBackup(JournalEntry entry) {
        return new RecoveryFailedException("Backup " + entry.backupLocation() + " of " + entry.words()
                + " is not among the backups of this plan. Give it the backups where they are, then: belay recover.");
    }

    static RecoveryFailedException of(JournalEntry entry, String words, Throwable cause) {
        return new RecoveryFailedException(
                "What was left of " + entry.words() + " could not be undone: " + words
                        + ". Correct the cause, then: belay recover.",
                cause);
    }
}
