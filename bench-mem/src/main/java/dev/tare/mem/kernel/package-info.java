/** The loops that are timed, in explicit vectors or plain Java, the arrays that they run over, and their checks. */
@NullMarked
package dev.tare.mem.kernel;

import org.jspecify.annotations.NullMarked;
