package dev.belay.postgres.snapshot;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs pieces of work at once and waits for all of them; the first failure stops the others and is thrown. */
public final class Together {
    private Together() {}

    /**
     * Waits until every piece has ended, also when one fails or this thread is interrupted.
     *
     * @param stop makes the pieces that still run end soon
     */
    public static <T> List<T> run(String name, List<Callable<T>> pieces, Runnable stop) throws SQLException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(pieces.size(), task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        List<Future<T>> futures = new ArrayList<>();
        try {
            var completion = new ExecutorCompletionService<T>(threads);
            pieces.forEach(piece -> futures.add(completion.submit(piece)));
            awaitAll(completion, pieces.size(), stop);
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("unreachable: every piece has ended well", e);
        } finally {
            threads.shutdown();
        }
    }

    private static <T> void awaitAll(ExecutorCompletionService<T> completion, int count, Runnable stop)
            throws SQLException {
        @Nullable Throwable first = null;
        boolean interrupted = false;
        for (int ended = 0; ended < count; ) {
            try {
                var future = completion.take();
                ended++;
                future.get();
            } catch (InterruptedException e) {
                interrupted = true;
                stop.run();
            } catch (ExecutionException e) {
                if (first == null) {
                    first = e.getCause();
                    stop.run();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (first != null) {
            throw rethrow(first);
        }
        if (interrupted) {
            throw new SQLException("interrupted");
        }
    }

    private static SQLException rethrow(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof SQLException sql ? sql : new SQLException(failure);
    }
}
