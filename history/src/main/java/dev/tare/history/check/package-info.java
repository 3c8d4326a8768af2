/** From nights to verdicts: which series there are, which of their nights compare, what changed, and what changed with it. */
@NullMarked
package dev.tare.history.check;

import org.jspecify.annotations.NullMarked;
