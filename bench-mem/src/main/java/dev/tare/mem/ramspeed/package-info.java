/** Results in the form in which RAMspeed prints its own. */
@NullMarked
package dev.tare.mem.ramspeed;

import org.jspecify.annotations.NullMarked;
