package dev.belay.testkit.junit.internal;

import java.util.Optional;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.opentest4j.TestAbortedException;

/**
 * Finds classes annotated with {@code @ReversibleRevisions} and runs their tests. An engine of its own, because Jupiter looks
 * into a class for methods: an extension can't give tests to one that has none, and those it could give to a method of ours
 * would be numbers in the reports of build tools, not names.
 */
public final class RevisionsEngine implements TestEngine {
    /** The engine's id, as in {@code includeEngines}. */
    public static final String ID = "belay";

    private static final EngineDiscoveryRequestResolver<EngineDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                    .addClassContainerSelectorResolver(ClassDescriptor::isFor)
                    .addSelectorResolver(context -> new Resolver(context.getClassNameFilter()))
                    .build();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Optional<String> getGroupId() {
        return Optional.of("dev.belay");
    }

    @Override
    public Optional<String> getArtifactId() {
        return Optional.of("belay-testkit");
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "Belay");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor engine = request.getRootTestDescriptor();
        EngineExecutionListener listener = request.getEngineExecutionListener();
        listener.executionStarted(engine);
        for (TestDescriptor child : engine.getChildren()) {
            if (child instanceof ClassDescriptor tests) {
                run(tests, listener);
            }
        }
        listener.executionFinished(engine, TestExecutionResult.successful());
    }

    private static void run(ClassDescriptor tests, EngineExecutionListener listener) {
        listener.executionStarted(tests);
        TestExecutionResult result = TestExecutionResult.successful();
        try (Session session = tests.session()) {
            for (TestDescriptor child : tests.getChildren()) {
                if (child instanceof CheckDescriptor test) {
                    listener.executionStarted(test);
                    listener.executionFinished(test, result(test.check(), session));
                }
            }
        } catch (RuntimeException e) {
            result = TestExecutionResult.failed(e);
        }
        listener.executionFinished(tests, result);
    }

    private static TestExecutionResult result(Check check, Session session) {
        try {
            check.body().run(session);
            return TestExecutionResult.successful();
        } catch (TestAbortedException e) {
            return TestExecutionResult.aborted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TestExecutionResult.failed(e);
        } catch (Exception | AssertionError | ExceptionInInitializerError e) {
            return TestExecutionResult.failed(e);
        }
    }
}
