/** The JMH profiler that measures with a remote clock, and the audit of a local one. */
@NullMarked
package dev.tare.clock.profile;

import org.jspecify.annotations.NullMarked;
