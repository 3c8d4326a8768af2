/** The seam between benchmarks and what they measure: a device, and a queue of outstanding I/Os on it. */
@NullMarked
package dev.tare.io.device;

import org.jspecify.annotations.NullMarked;
