/** Validators and what they find. */
@NullMarked
package dev.belay.validation;

import org.jspecify.annotations.NullMarked;
