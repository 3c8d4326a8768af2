/** Writes runs to disk as the launcher and JMH write them. */
@NullMarked
package dev.tare.report.written;

import org.jspecify.annotations.NullMarked;
