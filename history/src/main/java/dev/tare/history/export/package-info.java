/** Nights in the forms of other programs. */
@NullMarked
package dev.tare.history.export;

import org.jspecify.annotations.NullMarked;
