/** The loops that are timed, as plain Java, and the choice between them and explicit vectors. */
@NullMarked
package dev.tare.mem.kernel;

import org.jspecify.annotations.NullMarked;
