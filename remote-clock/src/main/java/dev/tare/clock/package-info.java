/**
 * A clock that a guest can be measured with: readings are intervals on the timescale of a server elsewhere.
 *
 * <p>This package holds the values and seams; {@code client} reads such a clock and {@code server} provides one.
 */
@NullMarked
package dev.tare.clock;

import org.jspecify.annotations.NullMarked;
