/** What databases beside are made with: their marks, names and settings; not for users. */
@NullMarked
package dev.belay.postgres.copies.internal;

import org.jspecify.annotations.NullMarked;
