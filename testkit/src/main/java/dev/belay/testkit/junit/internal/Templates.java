package dev.belay.testkit.junit.internal;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** The databases with revisions applied that fresh ones are copied from; each is made once, by the first test that asks. Thread-safe. */
final class Templates implements AutoCloseable {
    /**
     * What is in a template.
     *
     * @param location where its revisions are
     * @param loader from which class path
     * @param at up to which revision, as written
     */
    record Key(Location location, ClassLoader loader, String at) {}

    private final PostgresServer server = PostgresServers.shared();
    private final Map<Key, CompletableFuture<String>> made = new ConcurrentHashMap<>();

    /** A new copy of a template: its name. */
    String copy(Key key) {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> template = made.computeIfAbsent(key, absent -> mine);
        if (template == mine) {
            try {
                mine.complete(make(key));
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
            }
        }
        return server.createUniqueCopy("belay_fresh", get(template));
    }

    PostgresDatabase database(String name) {
        return PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    }

    PostgresServer server() {
        return server;
    }

    private String make(Key key) {
        String name = server.createUniqueDatabase("belay_template");
        try {
            upgrade(name, key);
            return name;
        } catch (RuntimeException | Error e) {
            server.dropDatabase(name);
            throw e;
        }
    }

    private void upgrade(String name, Key key) {
        Target target = Target.of(key.at());
        if (!target.equals(Target.base())) {
            MigrationPlan.builder()
                    .database(database(name))
                    .revisions(key.location().revisions(key.loader()))
                    .environment(Environment.DEVELOPMENT)
                    .build()
                    .upgrade(target);
        }
    }

    private static String get(CompletableFuture<String> template) {
        try {
            return template.join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : e;
        }
    }

    @Override
    public void close() {
        made.values().stream()
                .filter(template -> template.isDone() && !template.isCompletedExceptionally())
                .forEach(template -> server.dropDatabase(get(template)));
    }
}
