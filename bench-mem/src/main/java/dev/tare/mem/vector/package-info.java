/** Kernels with explicit vectors, loaded only where the module {@code jdk.incubator.vector} is present. */
@NullMarked
package dev.tare.mem.vector;

import org.jspecify.annotations.NullMarked;
