/** One block that is read, or written, again and again. */
@NullMarked
package dev.tare.mem.block;

import org.jspecify.annotations.NullMarked;
