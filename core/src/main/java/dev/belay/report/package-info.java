/** What a run did, as text and JSON. */
@NullMarked
package dev.belay.report;

import org.jspecify.annotations.NullMarked;
