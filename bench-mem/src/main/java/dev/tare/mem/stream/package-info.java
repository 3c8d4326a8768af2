/** The four kernels that stream through arrays, and the check of what they wrote. */
@NullMarked
package dev.tare.mem.stream;

import org.jspecify.annotations.NullMarked;
