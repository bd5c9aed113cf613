/** What is looked at after a change, on the copy and on production. */
@NullMarked
package dev.belay.postgres.validation;

import org.jspecify.annotations.NullMarked;
