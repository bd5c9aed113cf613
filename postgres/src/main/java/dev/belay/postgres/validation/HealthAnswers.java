package dev.belay.postgres.validation;

import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** An address answers. */
record HealthAnswers(URI address, Duration timeout, Duration patience) implements Validator {
    private static final long PAUSE_MILLIS = 1000;

    @Override
    public List<Finding> validate(ValidationContext context) {
        long end = System.nanoTime() + patience.toNanos();
        HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var registration = context.cancellation().onCancel(cancelled::countDown)) {
            while (true) {
                Optional<String> failure = once(client, context);
                if (failure.isEmpty()) {
                    return List.of();
                }
                if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS) > end) {
                    return List.of(Finding.critical(
                            name(),
                            shown() + " " + failure.get(),
                            "Look at the application's log and at the address."));
                }
                context.progress(
                        "health",
                        patience.toSeconds() - (end - System.nanoTime()) / 1_000_000_000L,
                        patience.toSeconds(),
                        "seconds");
                if (cancelled.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    context.cancellation().check();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.cancellation().check();
            return List.of(Finding.critical(name(), shown() + " could not be asked: interrupted.", ""));
        }
    }

    /** Why it didn't answer well; empty when it did. */
    private Optional<String> once(HttpClient client, ValidationContext context) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(timeout).GET().build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try (var registration = context.cancellation().onCancel(() -> answer.cancel(true))) {
            int status = answer.get().statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("answered with status " + status + ".");
        } catch (ExecutionException e) {
            boolean late = e.getCause() instanceof HttpTimeoutException;
            return Optional.of(late ? "did not answer within " + timeout.toMillis() + " ms." : "can't be reached.");
        } catch (java.util.concurrent.CancellationException e) {
            context.cancellation().check();
            return Optional.of("was cancelled.");
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public boolean needsCommit() {
        return true;
    }

    @Override
    public boolean runsOnCopy() {
        return false;
    }

    @Override
    public String name() {
        return "Health.answers";
    }

    /** Without the user and the query, which may hold secrets. */
    private String shown() {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port
                + (address.getRawPath() == null ? "" : address.getRawPath());
    }

    @Override
    public String toString() {
        return name() + "(" + shown() + ")";
    }
}
