/** The Java agent that lets JMH's generated code read another clock, and the clock that it reads. */
@NullMarked
package dev.tare.clock.agent;

import org.jspecify.annotations.NullMarked;
