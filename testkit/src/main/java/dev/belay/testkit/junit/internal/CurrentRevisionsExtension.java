package dev.belay.testkit.junit.internal;

import dev.belay.testkit.assertj.internal.CurrentRevisions;
import dev.belay.testkit.junit.ReversibleRevisions;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets {@code assertThatRevision} know which revisions the class of a test is about. */
public final class CurrentRevisionsExtension implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        Optional<ReversibleRevisions> annotation = Location.annotation(type, ReversibleRevisions.class);
        annotation.ifPresent(found ->
                CurrentRevisions.set(RevisionClass.location(type, found).revisions(type.getClassLoader())));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        CurrentRevisions.clear();
    }
}
