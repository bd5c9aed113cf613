package dev.belay.postgres.revision;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends statements to the server exactly as they are written, many in one round trip.
 *
 * <p>The driver's executor is used below its statements: they would look for JDBC escapes and split at semicolons, which
 * breaks the body of a function. Not safe for use by several threads.
 */
public final class StatementSender {
    private static final Logger LOG = LoggerFactory.getLogger(StatementSender.class);

    /**
     * What may be under way unread. The sum must fit the buffers of both sockets (on Linux at least 64 kB together), or
     * client and server could each wait for the other to read.
     */
    private static final int MOST_CHARS = 16_000;

    private static final int MOST_STATEMENTS = 100;

    /** Rows of a query that nobody reads are fetched in small portions, so that wide ones need no memory. */
    private static final int ROWS_AT_ONCE = 50;

    private static final int COPY_BUFFER = 1 << 16;

    private final PgConnection connection;
    private final QueryExecutor executor;
    private final Busy busy;
    private final List<Waiting> queued = new ArrayList<>();
    private int chars;

    /** A statement that is to be sent, and who is told the first value that it returns. */
    private record Waiting(Place place, Consumer<String> answer) {}

    /** Sends through this connection. */
    public StatementSender(PgConnection connection, Busy busy) {
        this.connection = connection;
        this.executor = connection.getQueryExecutor();
        this.busy = busy;
    }

    /** Sends with the next {@link #flush}, at once when much is waiting. Only within a transaction. */
    public void queue(Place place) throws FailedStatement {
        queue(place, answer -> {});
    }

    /** The same, for a statement whose first value, a text, is wanted; it is told when the answer comes. */
    public void queue(Place place, Consumer<String> answer) throws FailedStatement {
        if (chars > 0 && chars + place.sql().length() > MOST_CHARS || queued.size() >= MOST_STATEMENTS) {
            flush();
        }
        queued.add(new Waiting(place, answer));
        chars += place.sql().length();
    }

    /** Sends what is waiting and returns when all of it is done. */
    public void flush() throws FailedStatement {
        if (queued.isEmpty()) {
            return;
        }
        List<Waiting> sent = List.copyOf(queued);
        discard();
        List<NativeQuery> queries =
                sent.stream().map(waiting -> query(waiting.place())).toList();
        Counter counter = new Counter(sent.stream().map(Waiting::answer).toList());
        busy.begin(sent.get(0).place());
        try {
            executor.execute(executor.wrap(queries), null, counter, 0, 0, flags());
        } catch (SQLException e) {
            throw new FailedStatement(
                    sent.get(Math.min(counter.done, sent.size() - 1)).place(), e);
        } finally {
            busy.end();
        }
    }

    /** Forgets what is waiting. */
    public void discard() {
        queued.clear();
        chars = 0;
    }

    /** Runs one statement and passes over the rows it may return, however many. */
    public void run(Place place) throws FailedStatement {
        flush();
        Counter counter = new Counter(List.of());
        // outside a transaction the server keeps no portal open, and all rows come at once
        boolean portions = !connectionInAutocommit();
        int flags = flags() | (portions ? QueryExecutor.QUERY_FORWARD_CURSOR : 0);
        busy.begin(place);
        try {
            Query query = executor.wrap(List.of(query(place)));
            executor.execute(query, null, counter, 0, portions ? ROWS_AT_ONCE : 0, flags);
            while (counter.cursor != null) {
                ResultCursor cursor = counter.cursor;
                counter.cursor = null;
                executor.fetch(cursor, counter, ROWS_AT_ONCE, false);
            }
        } catch (SQLException e) {
            throw new FailedStatement(place, e);
        } finally {
            busy.end();
        }
    }

    /** Runs a COPY ... FROM STDIN with its data. */
    public void copy(Place place, Reader data) throws FailedStatement {
        flush();
        busy.begin(place);
        try {
            connection.getCopyAPI().copyIn(place.sql(), data, COPY_BUFFER);
        } catch (SQLException e) {
            throw new FailedStatement(place, e);
        } catch (IOException e) {
            throw new FailedStatement(place, new SQLException("the data of a COPY can't be read", "58030"));
        } finally {
            busy.end();
        }
    }

    /** One statement without parameters, whatever semicolons and question marks are in it. */
    private static NativeQuery query(Place place) {
        return new NativeQuery(place.sql(), new int[0], false, SqlCommand.BLANK);
    }

    private int flags() throws FailedStatement {
        return QueryExecutor.QUERY_ONESHOT | (connectionInAutocommit() ? QueryExecutor.QUERY_SUPPRESS_BEGIN : 0);
    }

    private boolean connectionInAutocommit() throws FailedStatement {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            throw new FailedStatement(Place.own("", "the connection", ""), e);
        }
    }

    /** Counts what is done, so that a failure can be laid to its statement. */
    private static final class Counter extends ResultHandlerBase {
        private final List<Consumer<String>> answers;
        private int done;
        private @Nullable ResultCursor cursor;

        Counter(List<Consumer<String>> answers) {
            this.answers = answers;
        }

        @Override
        public void handleResultRows(Query from, Field[] fields, List<Tuple> rows, @Nullable ResultCursor more) {
            byte[] first =
                    done < answers.size() && !rows.isEmpty() && rows.get(0).fieldCount() > 0
                            ? rows.get(0).get(0)
                            : null;
            if (first != null) {
                answers.get(done).accept(new String(first, StandardCharsets.UTF_8));
            }
            done++;
            cursor = more;
        }

        @Override
        public void handleCommandStatus(String status, long updated, long insertedOid) {
            done++;
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            // a NOTICE may hold anything, and there may be millions: nothing of it is kept
            LOG.debug("The server sent a notice, SQLSTATE {}", warning.getSQLState());
        }
    }
}
