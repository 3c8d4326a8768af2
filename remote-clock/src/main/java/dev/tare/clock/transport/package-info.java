/** Exchanges of one request and its reply over UDP and TCP. */
@NullMarked
package dev.tare.clock.transport;

import org.jspecify.annotations.NullMarked;
