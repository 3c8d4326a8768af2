/** Benchmarks of what a remote timestamp costs. */
@NullMarked
package dev.tare.clock.cost;

import org.jspecify.annotations.NullMarked;
