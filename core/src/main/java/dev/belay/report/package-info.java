/** What a run did, as text, JSON and HTML. */
@NullMarked
package dev.belay.report;

import org.jspecify.annotations.NullMarked;
