package dev.belay.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that writes the rows with which one revision is proven, in a class annotated with {@link ReversibleRevisions}. It runs in
 * that revision's test with everything applied that comes before the revision, instead of made-up rows, and is committed.
 *
 * <p>The method takes one {@link java.sql.Connection}, in a transaction. It may be private or static, and throw anything: that fails the
 * test. A new instance of the class is made for each revision.
 *
 * <pre>{@code
 * @BeforeRevision("4f2a9c01")
 * void rows(Connection connection) throws SQLException { ... }
 * }</pre>
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeRevision {
    /** The revision's id, or a prefix of it that fits no other. */
    String value();
}
