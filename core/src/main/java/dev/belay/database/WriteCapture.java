package dev.belay.database;

import java.sql.SQLException;
import java.util.List;

/**
 * The writes to a database from one snapshot on, so that they can be carried over into a database that was restored from it. Belay's
 * own are left out. For one thread at a time.
 *
 * @since 0.1
 */
public interface WriteCapture extends AutoCloseable {
    /** How they are captured, for reports. */
    String describe();

    /** The snapshot behind which every write is captured; another session can take part in it until {@link #letGo}. */
    String snapshot();

    /**
     * Lets the snapshot go, once the backup is taken; the capture goes on.
     *
     * @throws SQLException when the capture is lost
     */
    void letGo() throws SQLException;

    /**
     * Carries over what was committed since the last call, each transaction as one, in the order of the commits or another in which the
     * same could have been committed. Others go on writing.
     *
     * @param restored made from a backup of {@link #snapshot()}
     * @return how many changes there were
     * @throws SQLException when no more can be read; what was carried over before is whole transactions
     */
    long carry(Database restored) throws SQLException;

    /**
     * The same for the last time, when nobody can write any more: also moves sequences on, and ends the capture's sessions in both
     * databases.
     *
     * @return per table how much was carried over, and what was not and why; without any values
     * @throws SQLException as {@link #carry}
     */
    List<String> finish(Database restored) throws SQLException;

    /** Ends the capture and leaves nothing of it behind. Doesn't fail: what is left over then, the next run removes. */
    @Override
    void close();
}
