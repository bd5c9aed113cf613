package dev.belay.testkit.junit;

import dev.belay.testkit.junit.internal.FreshDatabaseExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A database for one test alone, with revisions applied, as a parameter of the test.
 *
 * <pre>{@code
 * @FreshDatabase("db/revisions")
 * class AppointmentsTest {
 *     @Test
 *     void books(@FreshDatabase DataSource database) { ... }
 * }
 * }</pre>
 *
 * <p>The parameter is a {@code PostgresDatabase}, a {@link dev.belay.database.Database}, a {@link javax.sql.DataSource} or a
 * {@link java.sql.Connection}, which is closed after the test, of a method annotated with {@code @Test} or another test annotation,
 * {@code @BeforeEach} or {@code @AfterEach}. All parameters of one test that ask for the same revisions and the same {@link #at} get
 * the same database. It is dropped after the test, whoever is still connected.
 *
 * <p>The revisions are applied once per set and run, to a template; each database is a copy of it, in milliseconds. The server is
 * {@link dev.belay.testkit.server.PostgresServers#shared()}. Tests may run in parallel.
 *
 * <p>On a class it says where the revisions are, for the parameters in it that don't; so does {@link ReversibleRevisions}. On an annotation
 * of your own it makes that one stand for it. Needs JUnit 5.13 or later.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@SuppressWarnings("exports") // nobody but JUnit needs the extension
@ExtendWith(FreshDatabaseExtension.class)
public @interface FreshDatabase {
    /** The location of the revisions on the class path. By default what the class says. */
    String value() default "";

    /** The directory of the revisions. By default what the class says. */
    String directory() default "";

    /** Up to which revision: an id, a unique prefix of one, {@code head}, {@code heads}, or {@code base} for none. */
    String at() default "head";
}
