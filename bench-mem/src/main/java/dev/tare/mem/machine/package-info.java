/** What the machine's caches and memory are. */
@NullMarked
package dev.tare.mem.machine;

import org.jspecify.annotations.NullMarked;
