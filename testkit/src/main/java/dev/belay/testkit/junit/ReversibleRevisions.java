package dev.belay.testkit.junit;

import dev.belay.testkit.junit.internal.CurrentRevisionsExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.annotation.Testable;

/**
 * Makes a class, which may be empty, the test of a set of revisions. Each of these is a test of its own, under its name:
 *
 * <ul>
 *   <li>there is a single head
 *   <li>every revision has a downgrade or says why not
 *   <li>all revisions upgrade an empty database
 *   <li>for each revision: up, down and up again, with the schema and the rows compared; named after the revision
 *   <li>down to base leaves no trace; where revisions are irreversible, down to those
 *   <li>all up, all down, all up again gives the same schema
 * </ul>
 *
 * <pre>{@code
 * @ReversibleRevisions("db/revisions")
 * class RevisionsTest {}
 * }</pre>
 *
 * <p>Rows are made up for every table. A method annotated with {@link BeforeRevision} writes a revision's own rows instead; one
 * with {@link AfterUpgrade} or {@link AfterDowngrade} looks at what became of them.
 *
 * <p>The tests are run by a test engine of Belay's on the JUnit Platform, which build tools and IDEs find by themselves; the class
 * needs no method. They run on {@link dev.belay.testkit.server.PostgresServers#shared()}, in databases that are made for them and
 * dropped afterwards. Several revisions are proven at once, whatever JUnit's own settings for parallel execution.
 *
 * <p>A method annotated with {@code @Test} in the same class is run by Jupiter, besides.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Testable
@SuppressWarnings("exports") // nobody but JUnit needs the extension
@ExtendWith(CurrentRevisionsExtension.class)
public @interface ReversibleRevisions {
    /** The location of the revisions on the class path, such as {@code db/revisions}. Either this or {@link #directory}. */
    String value() default "";

    /**
     * The directory of the revisions, such as {@code migrations}; a relative one is looked for from the working directory, which is
     * that of the module in Maven and Gradle. Either this or {@link #value}.
     */
    String directory() default "";

    /** Other made-up rows; the same number gives the same ones. The default is 1. */
    long seed() default 1;
}
