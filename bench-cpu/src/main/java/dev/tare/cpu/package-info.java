/** What the processor gives. */
@NullMarked
package dev.tare.cpu;

import org.jspecify.annotations.NullMarked;
