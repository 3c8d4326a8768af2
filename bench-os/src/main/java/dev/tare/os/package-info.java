/** Benchmarks of what a kernel does for a program: timers, clocks, system calls, page faults, scheduling. */
@NullMarked
package dev.tare.os;

import org.jspecify.annotations.NullMarked;
