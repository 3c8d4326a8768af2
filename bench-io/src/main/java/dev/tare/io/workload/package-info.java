/** What the benchmarks of files, devices and LUNs share: parameters, the loop that keeps a queue full, and what it counts. */
@NullMarked
package dev.tare.io.workload;

import org.jspecify.annotations.NullMarked;
