/** The 48 bytes of an NTPv4 packet, written, read and judged. */
@NullMarked
package dev.tare.clock.wire;

import org.jspecify.annotations.NullMarked;
