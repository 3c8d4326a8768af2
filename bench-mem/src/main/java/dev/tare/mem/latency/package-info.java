/** Loads that each need the one before. */
@NullMarked
package dev.tare.mem.latency;

import org.jspecify.annotations.NullMarked;
