/** Arrays of longs and doubles on the Java heap, large enough to fill caches and memory. */
@NullMarked
package dev.tare.mem.array;

import org.jspecify.annotations.NullMarked;
