/** Remote clocks: one that asks for every reading, and one that keeps the local clock in step. */
@NullMarked
package dev.tare.clock.client;

import org.jspecify.annotations.NullMarked;
