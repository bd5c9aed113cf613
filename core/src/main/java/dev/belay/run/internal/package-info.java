/** The pipeline and what it is made of; public only for {@link dev.belay.MigrationPlan}, not exported. */
@NullMarked
package dev.belay.run.internal;

import org.jspecify.annotations.NullMarked;
