package dev.belay.testkit.junit.internal;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
    private final Map<Key, FutureTask<String>> made = new ConcurrentHashMap<>();

    /** A new copy of a template: its name. */
    String copy(Key key) {
        FutureTask<String> template = made.computeIfAbsent(key, absent -> new FutureTask<>(() -> make(absent)));
        template.run(); // does nothing when it ran before, or another thread runs it
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
        if (!Target.of(key.at()).equals(Target.base())) {
            MigrationPlan.builder()
                    .database(database(name))
                    .revisions(key.location().revisions(key.loader()))
                    .environment(Environment.DEVELOPMENT)
                    .build()
                    .upgrade(Target.of(key.at()));
        }
        return name;
    }

    private static String get(FutureTask<String> template) {
        try {
            return template.get();
        } catch (ExecutionException e) {
            throw Objects.requireNonNullElse(e.getCause(), e) instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another test makes the template", e);
        }
    }

    @Override
    public void close() {
        for (FutureTask<String> template : made.values()) {
            if (template.isDone()) {
                server.dropDatabase(get(template));
            }
        }
    }
}
