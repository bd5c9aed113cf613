package dev.belay.postgres.backup;

import dev.belay.backup.BackupFailedException;
import dev.belay.context.RunCancelledException;
import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ClientProgramMissingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts what went wrong into a sentence for whoever has to do something about it. Shows no values of rows. */
final class DumpFailure {
    private static final List<String> FULL =
            List.of("no space left on device", "disk quota exceeded", "not enough space", "file too large");
    private static final List<String> SERVER_GONE = List.of(
            "server closed the connection",
            "terminating connection",
            "connection to server",
            "could not connect",
            "could not receive data from server",
            "connection not open",
            "ssl connection has been closed",
            "the database system is");

    /** What was being done, for the message's first words and for its way out. */
    record Deed(String what, Path place, String stateNow, String generalWayOut) {
        static Deed take(String database, Path folder) {
            return new Deed(
                    "Backup of \"" + database + "\" failed",
                    folder,
                    "Nothing was changed, and what was written of it is removed.",
                    "Correct that and run again.");
        }

        static Deed restore(Path backup, String into) {
            return new Deed(
                    "Restoring backup " + backup + " into \"" + into + "\" failed",
                    backup,
                    "The original database was not touched.",
                    "Correct that and run again, or use another backup.");
        }
    }

    private DumpFailure() {}

    /** The failure to throw; one that says it all already is given back as it is. */
    static RuntimeException of(Deed deed, Throwable failure) {
        if (failure instanceof BackupFailedException known) {
            return known;
        }
        if (failure instanceof RunCancelledException cancelled) {
            return cancelled;
        }
        if (failure instanceof ClientProgramMissingException missing) {
            return new BackupFailedException(deed.what() + ": " + missing.getMessage(), missing);
        }
        if (failure instanceof ClientProcessException process) {
            return ofProcess(deed, process);
        }
        if (failure instanceof IOException io) {
            return ofDisk(deed, io);
        }
        if (failure instanceof SQLException sql) {
            return ofServer(deed, sql);
        }
        if (failure instanceof org.jooq.exception.DataAccessException access
                && access.getCause() instanceof SQLException sql) {
            return ofServer(deed, sql);
        }
        if (failure instanceof DatabaseUnreachableException unreachable) {
            return new BackupFailedException(
                    deed.what() + ": " + unreachable.getMessage() + " " + deed.stateNow(), unreachable);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static BackupFailedException ofProcess(Deed deed, ClientProcessException failure) {
        if (mentions(failure.errors(), FULL)) {
            return full(deed, failure);
        }
        String said = failure.errors().stream().limit(3).collect(Collectors.joining("; "));
        if (failure.exitStatus() > 128) {
            int signal = failure.exitStatus() - 128;
            return new BackupFailedException(
                    deed.what() + ": " + failure.program() + " was killed (signal " + signal + ") before it was done. "
                            + deed.stateNow()
                            + " Find out what killed it (signal 9 is often the kernel, short of memory), and run again.",
                    failure);
        }
        if (mentions(failure.errors(), SERVER_GONE)) {
            failure.addSuppressed(new SQLException(failure.program() + " lost its connection", "08006"));
            return new BackupFailedException(
                    deed.what() + ": " + failure.program() + " lost the connection to the server (" + said + "). "
                            + deed.stateNow() + " When the server can be reached, run again.",
                    failure);
        }
        String reason = said.isEmpty()
                ? String.valueOf(failure.getMessage()).lines().findFirst().orElse("")
                : said;
        return new BackupFailedException(
                deed.what() + ": " + failure.program() + " ended with exit status " + failure.exitStatus() + " ("
                        + reason + "). " + deed.stateNow() + " " + deed.generalWayOut(),
                failure);
    }

    private static BackupFailedException ofDisk(Deed deed, IOException failure) {
        if (mentions(List.of(words(failure)), FULL)) {
            return full(deed, failure);
        }
        return new BackupFailedException(
                deed.what() + ": " + words(failure) + ". " + deed.stateNow()
                        + " Correct the folder or its permissions, or choose another: PgDump.into(dir).",
                failure);
    }

    private static BackupFailedException ofServer(Deed deed, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        boolean gone = state.startsWith("08") || state.startsWith("57P");
        String words = String.valueOf(failure.getMessage()).lines().findFirst().orElse(state);
        return new BackupFailedException(
                deed.what() + ": " + (gone ? "the connection to the server was lost (" + words + ")" : words) + ". "
                        + deed.stateNow()
                        + (gone ? " When the server can be reached, run again." : " " + deed.generalWayOut()),
                failure);
    }

    private static BackupFailedException full(Deed deed, Throwable failure) {
        return new BackupFailedException(
                deed.what() + ": the disk of " + deed.place() + " is full" + free(deed.place()) + ". " + deed.stateNow()
                        + " Free some space there, or choose another folder: PgDump.into(dir).",
                failure);
    }

    private static String free(Path place) {
        try {
            return " (" + Files.getFileStore(place).getUsableSpace() / (1 << 20) + " MB are left)";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean mentions(List<String> lines, List<String> words) {
        return lines.stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> words.stream().anyMatch(line::contains));
    }

    /** Java's file exceptions often have nothing but the path for a message. */
    static String words(IOException failure) {
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason() == null ? "" : ": " + file.getReason();
            String what = failure instanceof AccessDeniedException
                    ? "permission denied"
                    : failure instanceof NoSuchFileException
                            ? "there is no such file or folder"
                            : failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException
                                    ? "it is a file, not a folder"
                                    : "it can't be read or written";
            return file.getFile() + ": " + what + reason;
        }
        return String.valueOf(failure.getMessage());
    }
}
