/** What exchanges prove about the local clock, computed without sockets, threads or time of its own. */
@NullMarked
package dev.tare.clock.estimate;

import org.jspecify.annotations.NullMarked;
