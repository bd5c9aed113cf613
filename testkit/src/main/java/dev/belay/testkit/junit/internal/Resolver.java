package dev.belay.testkit.junit.internal;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** From a class, or the unique id of a class or of one of its tests, to what is to be run. */
final class Resolver implements SelectorResolver {
    private final Predicate<String> classNames;

    Resolver(Predicate<String> classNames) {
        this.classNames = classNames;
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        return classNames.test(selector.getClassName())
                ? tests(selector.getJavaClass(), context)
                : Resolution.unresolved();
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        UniqueId.Segment last = selector.getUniqueId().getLastSegment();
        if (last.getType().equals(ClassDescriptor.SEGMENT)) {
            return ReflectionSupport.tryToLoadClass(last.getValue())
                    .toOptional()
                    .map(type -> tests(type, context))
                    .orElse(Resolution.unresolved());
        }
        if (last.getType().equals(CheckDescriptor.SEGMENT)) {
            return context.addToParent(
                            () -> DiscoverySelectors.selectUniqueId(
                                    selector.getUniqueId().removeLastSegment()),
                            parent -> parent instanceof ClassDescriptor tests
                                    ? tests.test(last.getValue())
                                    : Optional.empty())
                    .map(test -> Resolution.match(Match.exact(test)))
                    .orElse(Resolution.unresolved());
        }
        return Resolution.unresolved();
    }

    private static Resolution tests(Class<?> type, Context context) {
        if (!ClassDescriptor.isFor(type)) {
            return Resolution.unresolved();
        }
        return context.addToParent(parent -> Optional.of(ClassDescriptor.of(parent.getUniqueId(), type)))
                .map(tests -> Resolution.match(Match.exact(tests, () -> all(tests))))
                .orElse(Resolution.unresolved());
    }

    private static Set<? extends DiscoverySelector> all(ClassDescriptor tests) {
        return tests.ids().stream()
                .map(DiscoverySelectors::selectUniqueId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
