package dev.belay.testkit.junit.internal;

import dev.belay.prove.RevisionHook;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionException;
import dev.belay.revision.RevisionGraph;
import dev.belay.testkit.junit.AfterDowngrade;
import dev.belay.testkit.junit.AfterUpgrade;
import dev.belay.testkit.junit.BeforeRevision;
import dev.belay.testkit.junit.WrongUseException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The methods of a class for chosen revisions: at most one of each kind for a revision. Immutable. */
final class OwnMethods {
    /** When a method is called. */
    private enum Moment {
        BEFORE,
        UPGRADED,
        DOWNGRADED
    }

    private final Class<?> type;
    private final Map<String, Map<Moment, Method>> methods = new LinkedHashMap<>();

    private OwnMethods(Class<?> type) {
        this.type = type;
    }

    /**
     * Finds and checks them.
     *
     * @throws WrongUseException if one can't be called, or is for a revision that isn't there
     */
    static OwnMethods of(Class<?> type, RevisionGraph graph) {
        OwnMethods found = new OwnMethods(type);
        found.add(Moment.BEFORE, BeforeRevision.class, BeforeRevision::value, graph);
        found.add(Moment.UPGRADED, AfterUpgrade.class, AfterUpgrade::value, graph);
        found.add(Moment.DOWNGRADED, AfterDowngrade.class, AfterDowngrade::value, graph);
        if (!found.methods.isEmpty()) {
            found.constructor();
        }
        return found;
    }

    private <A extends Annotation> void add(
            Moment moment, Class<A> annotation, Function<A, String> value, RevisionGraph graph) {
        for (Method method : ReflectionSupport.findMethods(
                type, each -> each.isAnnotationPresent(annotation), HierarchyTraversalMode.TOP_DOWN)) {
            String id = value.apply(method.getAnnotation(annotation));
            String what = "@" + annotation.getSimpleName() + "(\"" + id + "\") on " + name(method);
            checkSignature(method, what);
            Revision revision = revision(id, what, graph);
            if (moment == Moment.DOWNGRADED && !revision.reversible()) {
                throw new WrongUseException(what + " would never be called: revision " + revision.id()
                        + " says that it is irreversible. Remove the method, or give the revision a downgrade.");
            }
            Method other = methods.computeIfAbsent(revision.id(), key -> new EnumMap<>(Moment.class))
                    .put(moment, method);
            if (other != null) {
                throw new WrongUseException(what + " is the second of its kind for revision " + revision.id()
                        + ", after " + name(other) + ": in which order? Make one method of the two.");
            }
        }
    }

    private static void checkSignature(Method method, String what) {
        if (!Arrays.equals(method.getParameterTypes(), new Class<?>[] {Connection.class})
                || method.getReturnType() != void.class) {
            throw new WrongUseException(what + " must take one java.sql.Connection and return nothing: void "
                    + method.getName() + "(Connection connection).");
        }
    }

    private static Revision revision(String id, String what, RevisionGraph graph) {
        try {
            return graph.find(id);
        } catch (RevisionException e) {
            List<String> ids = graph.inOrder().stream().map(Revision::id).toList();
            throw new WrongUseException(
                    what + ": " + e.getMessage() + " The revisions are " + String.join(", ", ids) + ".");
        }
    }

    private String name(Method method) {
        return type.getName() + "." + method.getName();
    }

    private Constructor<?> constructor() {
        boolean inner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
        if (!inner && !Modifier.isAbstract(type.getModifiers())) {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 0) {
                    return constructor;
                }
            }
        }
        throw new WrongUseException(
                type.getName() + " has methods for revisions, so that it must be possible to make an"
                        + " instance of it: a class that is neither abstract nor inner, with a constructor without parameters.");
    }

    /** What is to be done around a revision; empty when there is no method for it. */
    Optional<OwnHook> hook(String revision) {
        Map<Moment, Method> own = methods.get(revision);
        return own == null ? Optional.empty() : Optional.of(new OwnHook(own));
    }

    /** The calls for one revision, on one instance; keeps what the first one that failed threw. */
    final class OwnHook implements RevisionHook {
        private final Map<Moment, Method> own;
        private final Object instance = ReflectionSupport.newInstance(type);
        private volatile Optional<Throwable> thrown = Optional.empty();

        private OwnHook(Map<Moment, Method> own) {
            this.own = own;
        }

        Optional<Throwable> thrown() {
            return thrown;
        }

        @Override
        public boolean bringsRows() {
            return own.containsKey(Moment.BEFORE);
        }

        @Override
        public void beforeUpgrade(Connection connection) {
            call(Moment.BEFORE, connection);
        }

        @Override
        public void afterUpgrade(Connection connection) {
            call(Moment.UPGRADED, connection);
        }

        @Override
        public void afterDowngrade(Connection connection) {
            call(Moment.DOWNGRADED, connection);
        }

        private void call(Moment moment, Connection connection) {
            Method method = own.get(moment);
            if (method == null) {
                return;
            }
            try {
                ReflectionSupport.invokeMethod(method, instance, connection);
            } catch (RuntimeException | Error e) {
                thrown = Optional.of(e);
                throw e;
            }
        }
    }
}
