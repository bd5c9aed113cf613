package dev.belay.testkit.junit.internal;

import dev.belay.revision.Revisions;
import dev.belay.testkit.junit.WrongUseException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Where an annotation says that the revisions are.
 *
 * @param classpath a location on the class path; empty when there is a directory
 * @param directory a directory; empty when there is a location
 */
record Location(String classpath, String directory) {
    /**
     * Checks.
     *
     * @param annotation its name, with the at sign
     * @param place what it is on, for messages
     */
    static Location of(String annotation, String place, String classpath, String directory) {
        if (classpath.isBlank() && directory.isBlank()) {
            throw new WrongUseException(
                    annotation + " on " + place + " doesn't say where the revisions are. Write " + annotation
                            + "(\"db/revisions\") for a location of the class path, or " + annotation
                            + "(directory = \"migrations\") for a directory.");
        }
        if (!classpath.isBlank() && !directory.isBlank()) {
            throw new WrongUseException(annotation + " on " + place + " names two places, the location \"" + classpath
                    + "\" of the class path and the directory \"" + directory + "\". Name one of them.");
        }
        return new Location(classpath, directory);
    }

    Revisions revisions(ClassLoader loader) {
        return classpath.isBlank() ? Revisions.in(Path.of(directory)) : Revisions.onClasspath(classpath, loader);
    }

    /** An annotation of a class, or else of the one around it. */
    static <A extends Annotation> Optional<A> annotation(Class<?> type, Class<A> annotation) {
        Optional<A> found = AnnotationSupport.findAnnotation(type, annotation);
        Class<?> around = type.getEnclosingClass();
        return found.isPresent() || around == null ? found : annotation(around, annotation);
    }
}
