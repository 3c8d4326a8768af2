/** Finds out whether this JVM offers explicit vectors. */
@NullMarked
package dev.tare.cpu.vectors;

import org.jspecify.annotations.NullMarked;
