/**
 * Tests of revisions for JUnit 5.13 and later and JUnit 6: one annotation on a class proves them all reversible, and a test gets a
 * database of its own at any revision.
 */
@NullMarked
package dev.belay.testkit.junit;

import org.jspecify.annotations.NullMarked;
