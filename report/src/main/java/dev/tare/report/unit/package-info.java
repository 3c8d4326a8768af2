/** Physical quantities: what a JMH score means in GFLOP/s, MB/s, I/Os per second or time. */
@NullMarked
package dev.tare.report.unit;

import org.jspecify.annotations.NullMarked;
