/** Requests that arrive when they are due, whether earlier ones are done or not: open loop. */
@NullMarked
package dev.tare.harness.arrival;

import org.jspecify.annotations.NullMarked;
