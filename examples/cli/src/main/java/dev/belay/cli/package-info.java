/** The command line: a program that embeds Belay. */
@NullMarked
package dev.belay.cli;

import org.jspecify.annotations.NullMarked;
