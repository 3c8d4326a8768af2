/** What the machine's caches and memory are. */
@NullMarked
package dev.tare.machine.memory;

import org.jspecify.annotations.NullMarked;
