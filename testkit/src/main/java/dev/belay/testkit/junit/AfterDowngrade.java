package dev.belay.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that looks at the database after one revision's downgrade, in a class annotated with {@link ReversibleRevisions}. What it
 * changes is rolled back.
 *
 * <p>The method is like one annotated with {@link BeforeRevision}; the two of a revision are called on one instance.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AfterDowngrade {
    /** The revision's id, or a prefix of it that fits no other. */
    String value();
}
