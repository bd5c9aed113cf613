package dev.belay.testkit.junit.internal;

import dev.belay.testkit.junit.ReversibleRevisions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** A class annotated with {@link ReversibleRevisions}; its children are those of its tests that are to be run. */
final class ClassDescriptor extends AbstractTestDescriptor {
    static final String SEGMENT = "class";

    private final Checks checks;

    private ClassDescriptor(UniqueId id, Class<?> type, Checks checks) {
        super(id, type.getSimpleName(), ClassSource.from(type));
        this.checks = checks;
    }

    static boolean isFor(Class<?> type) {
        return AnnotationSupport.isAnnotated(type, ReversibleRevisions.class) && !type.isAnnotation();
    }

    /** Reads the revisions. */
    static ClassDescriptor of(UniqueId engine, Class<?> type) {
        ReversibleRevisions annotation = AnnotationSupport.findAnnotation(type, ReversibleRevisions.class)
                .orElseThrow();
        return new ClassDescriptor(engine.append(SEGMENT, type.getName()), type, Checks.of(type, annotation));
    }

    /** The unique ids of all its tests. */
    List<UniqueId> ids() {
        return checks.all().stream().map(this::id).toList();
    }

    /** One of its tests, to be added. */
    Optional<CheckDescriptor> test(String id) {
        return checks.all().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .map(check -> new CheckDescriptor(id(check), checks.revisions().type(), check));
    }

    private UniqueId id(Check check) {
        return getUniqueId().append(CheckDescriptor.SEGMENT, check.id());
    }

    /** A run of the tests that were chosen. */
    Session session() {
        Set<String> chosen = getChildren().stream()
                .map(child -> child.getUniqueId().getLastSegment().getValue())
                .filter(id -> id.startsWith(Checks.REVISION))
                .map(id -> id.substring(Checks.REVISION.length()))
                .collect(Collectors.toUnmodifiableSet());
        return new Session(checks.revisions(), chosen);
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public String getLegacyReportingName() {
        return checks.revisions().type().getName();
    }
}
