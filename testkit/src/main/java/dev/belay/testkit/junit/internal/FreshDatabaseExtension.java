package dev.belay.testkit.junit.internal;

import dev.belay.testkit.junit.FreshDatabase;
import dev.belay.testkit.junit.ReversibleRevisions;
import dev.belay.testkit.junit.WrongUseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a parameter annotated with {@link FreshDatabase} its database. */
public final class FreshDatabaseExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FreshDatabaseExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(FreshDatabase.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String place = "the parameter " + parameter.getParameter().getName() + " of "
                + parameter.getDeclaringExecutable().getDeclaringClass().getName() + "."
                + parameter.getDeclaringExecutable().getName();
        if (context.getTestMethod().isEmpty()) {
            throw new WrongUseException(
                    "@FreshDatabase on " + place + ": a fresh database belongs to one test. Take it as a"
                            + " parameter of a method annotated with @Test, @BeforeEach or @AfterEach.");
        }
        Class<?> type = parameter.getParameter().getType();
        if (!FreshCopy.gives(type)) {
            throw new WrongUseException("@FreshDatabase on " + place + " can't be a " + type.getName()
                    + ". It can be a " + String.join(", ", FreshCopy.TYPES) + ".");
        }
        FreshDatabase annotation = parameter.findAnnotation(FreshDatabase.class).orElseThrow();
        Class<?> testClass = context.getRequiredTestClass();
        Templates.Key key =
                new Templates.Key(location(annotation, testClass, place), testClass.getClassLoader(), annotation.at());
        Templates templates = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Templates.class, absent -> new Templates(), Templates.class);
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key, absent -> new FreshCopy(templates, key), FreshCopy.class)
                .as(type);
    }

    private static Location location(FreshDatabase annotation, Class<?> testClass, String place) {
        if (annotation.value().isEmpty() && annotation.directory().isEmpty()) {
            Optional<FreshDatabase> fresh = Location.annotation(testClass, FreshDatabase.class);
            Optional<ReversibleRevisions> reversible = Location.annotation(testClass, ReversibleRevisions.class);
            List<Location> found = new ArrayList<>();
            fresh.ifPresent(
                    one -> found.add(Location.of("@FreshDatabase", testClass.getName(), one.value(), one.directory())));
            reversible.ifPresent(one -> found.add(RevisionClass.location(testClass, one)));
            if (found.stream().distinct().count() > 1) {
                throw new WrongUseException(
                        "@FreshDatabase and @ReversibleRevisions on " + testClass.getName()
                                + " name different revisions. Say at the parameter which, as in @FreshDatabase(\"db/revisions\").");
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return Location.of("@FreshDatabase", place, annotation.value(), annotation.directory());
    }
}
