/** Measures how accurate the remote clocks are, under load and behind a bad network. */
@NullMarked
package dev.tare.clock.accuracy;

import org.jspecify.annotations.NullMarked;
