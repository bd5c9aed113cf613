/** Reading of the catalog, shared by the validators and the preflight checks. */
@NullMarked
package dev.belay.postgres.validation.internal;

import org.jspecify.annotations.NullMarked;
