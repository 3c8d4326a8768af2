/** The clock a guest can be measured with. */
@NullMarked
package dev.tare.clock;

import org.jspecify.annotations.NullMarked;
