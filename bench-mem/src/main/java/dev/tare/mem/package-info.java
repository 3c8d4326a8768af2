/** What caches and memory give. */
@NullMarked
package dev.tare.mem;

import org.jspecify.annotations.NullMarked;
