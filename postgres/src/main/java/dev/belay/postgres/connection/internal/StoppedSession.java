package dev.belay.postgres.connection.internal;

import dev.belay.context.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a session does on the server once a run is cancelled: again and again, since a request that comes between two
 * statements is lost.
 */
public final class StoppedSession {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedSession.class);
    private static final long AGAIN_MILLIS = 200;

    private final Connection connection;
    private final CountDownLatch over = new CountDownLatch(1);

    private StoppedSession(Connection connection) {
        this.connection = connection;
    }

    /** From now on until the connection is closed. */
    public static Connection with(Cancellation cancellation, Connection connection) {
        var unused = cancellation.onCancel(new StoppedSession(connection)::begin);
        return connection;
    }

    /** From now on until the registration is closed: what comes then, such as cleaning up, is let through. */
    public static Cancellation.Registration during(Cancellation cancellation, Connection connection) {
        StoppedSession session = new StoppedSession(connection);
        Cancellation.Registration registration = cancellation.onCancel(session::begin);
        return () -> {
            registration.close();
            session.end();
        };
    }

    private void begin() {
        Thread thread = new Thread(this::pursue, "belay-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void pursue() {
        try {
            do {
                cancel();
            } while (!over.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS) && !connection.isClosed());
        } catch (SQLException e) {
            LOG.debug("The session can't be looked at any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No request is on its way when {@link #end} comes back, so that it can't hit what comes then. */
    private synchronized void cancel() throws SQLException {
        if (over.getCount() > 0 && !connection.isClosed()) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                LOG.debug("A cancel request did not reach the server", e);
            }
        }
    }

    private synchronized void end() {
        over.countDown();
    }
}
