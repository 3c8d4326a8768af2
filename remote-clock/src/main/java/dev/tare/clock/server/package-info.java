/** A clock server: NTPv4 over UDP, and the same frames over TCP. */
@NullMarked
package dev.tare.clock.server;

import org.jspecify.annotations.NullMarked;
